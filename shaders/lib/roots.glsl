// Roots of light in the floor's cracks: a line along the middle of each, strong where much of the
// root hangs on it, and the light that it throws on the stone beside it.
#pragma once
#pragma include "light.glsl"

uniform sampler2D u_venation;  // veins of three orders, and their glow: models/growth/venation.py

struct Roots { vec3 shine; vec3 thrown; };  // light of their own; light on what lies beside them

// 0 a hair .. 1 the stoutest, of a strength as u_cracks has it; beneath the fallen one all are
// stouter, and away from her they taper, or the eye would be led to their other end.
float root_trunk(vec2 p, float strength) {
    float t = smoothstep(0.12, 0.92, strength), far = smoothstep(3.0, 14.0, length(p));
    return t * t * mix(1.0, 0.40, far) + 0.08 * root_rest(p);
}

// Slow pulses run outward along the ways, metres from where the light began.
float root_beat(float way) {
    float beat = 0.5 + 0.5 * sin(way * 0.55 - S_breath * 1.1);
    return 0.75 + 0.65 * beat * beat * beat;
}

// The light about the fallen one as it falls on the floor: golden by her, and silver further out.
vec3 heart_light(vec2 p) { return mix(vec3(1.5, 2.1, 3.3), vec3(1.25, 0.76, 0.36), root_warm(p)) * root_heart(p); }

// White-blue where it has just come, and warmer the longer it has rested and the nearer to her: along
// the stout ways gold runs out far, along the thin ones only a little. Seen from afar it has no edge.
vec3 root_hue(vec2 p, float behind, float strength) {
    vec3 hue = mix(srgb(0x8FC4F0), srgb(0xCFE9FF), max(exp(-behind * behind * 0.5), 0.6 * strength));
    float rested = 1.0 - exp(-max(behind, 0.0) * 0.055);
    float artery = smoothstep(0.55, 0.90, strength) * exp(-length(p) * 0.10);
    float gold = rested * max(root_warm(p), artery);
    return mix(hue, mix(srgb(0xFFC078), srgb(0xFFD9A8), strength), min(1.15 * gold, 1.0));
}

// The light in a crack and in the stone beside it: `crack` as in u_cracks, `away` metres from the
// crack's middle at p, `pixel` how wide a pixel is there, `deep` whether p lies in the crack. What is
// seen of the roots themselves are bands: see root.vert.
Roots roots(vec3 at, vec4 crack, float away, float pixel, bool deep, bool fine) {
    vec2 p = at.xy;
    float behind = root_front() - crack.z;
    float lit = S_roots * smoothstep(0.0, 0.6, behind);
    float trunk = root_trunk(p, crack.w);
    float grown = trunk * (0.45 + 0.55 * smoothstep(0.0, 14.0, behind));
    // Stone is uneven: here it lets more of it out, there less.
    vec2 let_out = texture(u_clouds, p * 0.61).xy + texture(u_clouds, p * 0.17).yx - 0.5;
    float open = smoothstep(0.15, 0.85, 0.5 * (let_out.x + let_out.y)) * 1.7 + 0.15;
    // From afar the whole of a crack is one line, as bright as its depth.
    float wide = max((0.002 + 0.010 * grown) * open, 0.45 * crack.y), drawn = max(wide, 0.7 * pixel);
    float core = exp(-away * away / (drawn * drawn)) * wide / drawn;
    float glow = (0.008 + 0.022 * grown) * open, soft = exp(-away / (glow + 0.5 * pixel)) * glow / (glow + 0.5 * pixel);
    float beat = root_beat(crack.z), front = 1.5 * exp(-behind * behind * 0.5);
    float resting = root_heart(p);  // where it has come to rest even the thin ones are full of it
    float strong = (0.12 + 3.4 * grown + 0.35 * resting) * beat * (1.0 + 1.0 * exp(-max(behind, 0.0) / 5.0)) + front;
    Roots r;
    vec3 hue = root_hue(p, behind, crack.w) * lit;
    vec3 ember = hue * hue;  // what comes through stone has lost its white
    r.shine = hue * strong * (core * 1.15 + soft * 0.30);
    r.thrown = hue * (strong / (1.0 + 0.22 * strong)) * (exp(-away * 22.0) * 0.75 + exp(-away * 9.0) * 0.22) * (0.4 + 0.6 * open);
    // In the crack it is a light from beneath: its walls are the brighter the deeper, its lip has a rim.
    float depth = smoothstep(0.0, 0.16, -at.z);
    if (deep) {
        // Where a slab is gone it comes from the middle, where the root lies, and leaves the bed dark.
        float lies = crack.x / (0.035 + 0.05 * let_out.y + 0.03 * trunk);
        float fill = mix(0.30, 1.15, depth) * mix(0.75, 1.25, let_out.x) * mix(0.05, 1.0, exp(-lies * lies));
        r.shine = mix(ember, hue, depth) * fill * (0.40 + 1.5 * beat * sqrt(grown) + 3.0 * grown * beat + 0.8 * front + 0.9 * resting);
    }
    // And it goes on into the marble: a net like a leaf's, near the crack only, and soft below its face.
    if (fine && !deep) {
        float into = (0.05 + 0.62 * sqrt(grown)) * smoothstep(0.0, 16.0, behind) * (0.35 + 0.65 * open);
        float near = exp(-away / (0.02 + 0.55 * into)) * smoothstep(0.0, 0.5, into + grown);
        vec4 net = texture(u_venation, p * 0.83);
        float vein = net.x * near + 0.55 * net.y * near * near + 0.30 * net.z * near * near * near;
        float below = net.w * near * near;
        r.shine += (mix(ember, hue, 0.6) * vein * 1.0 + ember * below * 0.7) * (0.25 + 1.2 * grown) * beat;
    }
    return r;
}
