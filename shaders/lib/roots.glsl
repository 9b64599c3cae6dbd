// Roots of light in the floor's cracks: a line along the middle of each, strong where much of the
// root hangs on it, and the light that it throws on the stone beside it.
#pragma once
#pragma include "light.glsl"

struct Roots { vec3 shine; vec3 thrown; };  // light of their own; light on what lies beside them

// 0 a hair .. 1 the stoutest, of a strength as u_cracks has it; beneath the fallen one all are
// stouter, and away from her they taper, or the eye would be led to their other end.
float root_trunk(vec2 p, float strength) {
    float t = smoothstep(0.12, 0.92, strength), far = smoothstep(2.0, 7.0, length(p));
    return t * sqrt(t) * mix(1.0, 0.40, far) + 0.12 * root_rest(p);
}

// Slow pulses run outward along the ways, metres from where the light began.
float root_beat(float way) {
    float beat = 0.5 + 0.5 * sin(way * 0.55 - S_breath * 1.1);
    return 0.75 + 0.65 * beat * beat * beat;
}

// White-blue where it has just come, and golden about the fallen one, where it comes to its rest.
vec3 root_hue(vec2 p, float behind, float strength) {
    vec3 hue = mix(srgb(0x8FC4F0), srgb(0xCFE9FF), max(exp(-behind * behind * 0.5), 0.6 * strength));
    return mix(hue, srgb(0xFFCF94), 0.92 * root_gold(p));
}

// The glow in a crack: `crack` as in u_cracks, `away` metres from the crack's middle at p, `pixel`
// how wide a pixel is there. What is seen of the roots themselves are bands: see root.vert.
Roots roots(vec2 p, vec4 crack, float away, float pixel) {
    float behind = root_front() - crack.z;
    float lit = S_roots * smoothstep(0.0, 0.6, behind);
    float trunk = root_trunk(p, crack.w);
    float grown = trunk * (0.45 + 0.55 * smoothstep(0.0, 14.0, behind));
    // Stone is uneven: here it lets more of it out, there less.
    vec2 let_out = texture(u_clouds, p * 0.61).xy + texture(u_clouds, p * 0.17).yx - 0.5;
    float open = smoothstep(0.15, 0.85, 0.5 * (let_out.x + let_out.y)) * 1.7 + 0.15;
    float wide = (0.003 + 0.020 * grown) * open, drawn = max(wide, 0.7 * pixel);
    float core = exp(-away * away / (drawn * drawn)) * wide / drawn;
    float glow = (0.010 + 0.075 * grown) * open, soft = exp(-away / (glow + 0.5 * pixel)) * glow / (glow + 0.5 * pixel);
    float strong = (0.16 + 2.6 * grown) * root_beat(crack.z) * (1.0 + 1.6 * exp(-max(behind, 0.0) / 5.0));
    strong += 1.5 * exp(-behind * behind * 0.5);
    Roots r;
    vec3 hue = root_hue(p, behind, crack.w) * (lit * strong);
    r.shine = hue * (core * 0.6 + soft * 0.24);
    r.thrown = hue * (exp(-away * 7.0) * 0.9 + exp(-away * 2.4) * 0.13) * (0.5 + 0.5 * open);
    r.thrown += srgb(0xFFCF94) * (1.4 * root_rest(p));
    return r;
}
