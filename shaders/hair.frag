#version 330
// Dark brown hair: single hairs in soft strands, with a band of light across them (Kajiya and Kay
// 1989). Written premultiplied, and laid over what is beneath it.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_tangent;
in vec3 v_strand;  // along, across, seed; a seed below 0 is hair that lies on the skull
in vec3 v_shade;   // how much of the pixel it covers, deep, sun
out vec4 color;

const float HAIRS = 9.0;  // that are told apart in a strand

// Sine of the angle between the strand and the half-way vector, raised: a line of light.
float sheen(vec3 t, vec3 v, vec3 l, float sharp) {
    float th = dot(t, normalize(v + l));
    return pow(max(1.0 - th * th, 0.0), 0.5 * sharp);
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    float along = v_strand.x, across = v_strand.y, number = abs(v_strand.z);
    bool skull = v_strand.z < 0.0;
    // Soft at its edges by a pixel; towards the tip its hairs end one by one.
    float wide = fwidth(across);
    float cover = v_shade.x * clamp((1.0 - abs(across)) / max(wide, 0.35), 0.0, 1.0);
    float told = 1.0 - smoothstep(0.35, 0.9, 0.5 * HAIRS * wide);
    float place = (0.5 + 0.5 * across) * HAIRS + 0.35 * sin(along * 9.0 + number * 50.0);
    float own = 0.5;
    if (told > 0.0) {
        own = mix(0.5, hash(ivec3(int(floor(place)), int(number * 997.0), 3)), told);
        float gap = abs(fract(place) - 0.5) * 2.0;
        float apart = skull ? 0.30 : mix(0.45, 1.0, smoothstep(0.15, 0.9, along));
        cover *= 1.0 - told * apart * 0.75 * smoothstep(0.45, 1.0, gap);
    }
    cover *= 1.0 - smoothstep(0.62 + 0.30 * own, 0.74 + 0.30 * own, along);
    // No hair begins with a blunt end.
    if (!skull) cover *= smoothstep(0.02, 0.05 + 0.12 * own, along);
    if (skull) cover *= smoothstep(-0.02, 0.08 + 0.30 * own * fract(number * 13.0), along);
    if (cover < 0.004) discard;

    vec3 n = normalize(v_normal);
    vec3 t = normalize(v_tangent);
    // Round to the light: a strand's edges turn away from the eye.
    n = normalize(n + 0.6 * across * cross(t, n));
    float lock = value_noise(vec3(number * 37.0, along * 2.6, 4.0));
    float line = clamp(0.15 + 0.7 * own + 0.5 * (lock - 0.5), 0.0, 1.0);
    float shade = 0.35 + 0.65 * smoothstep(0.1, 0.9, 0.6 * fract(number * 29.0) + 0.4 * own);
    vec3 albedo = mix(srgb(0x171012), srgb(0x4C352D), line) * shade;
    float ao = mix(1.0, 0.16, smoothstep(0.0, 1.0, v_shade.y)) * mix(0.55, 1.0, smoothstep(0.0, 0.014, v_rest.z));
    ao *= mix(1.0, 0.75, across * across) * (1.0 - 0.35 * told * smoothstep(0.5, 1.0, abs(fract(place) - 0.5) * 2.0));
    // The band lies where strands turn over; each hair sets it a little its own way.
    t = normalize(t + (0.34 * (own - 0.5) + 0.26 * (lock - 0.5)) * n);
    // On the skull it lies close and dark, where the face beside it is the light.
    float loose = skull ? 0.0 : smoothstep(0.10, 0.42, along);
    float gloss = mix(0.35, 1.0, loose) * ao * shade * (0.35 + 1.3 * line) * (1.0 - 0.8 * smoothstep(0.7, 1.0, along));
    vec3 above = normalize(vec3(0.30, -0.40, 0.87));
    vec3 shine = vec3(0.48, 0.38, 0.74) * (0.230 * sheen(t, v, above, 60.0) + 0.026 * sheen(t, v, above, 9.0)) * (skull ? 0.30 : 0.70);
    vec3 sun = SUN_LIGHT * vec3(0.80, 0.66, 0.95) * 1.6 * S_lit * v_shade.z * (1.0 - 0.75 * S_sky_light);
    shine += sun * (0.026 * sheen(t, v, SUN_DIR, 34.0) + 0.003 * sheen(t, v, SUN_DIR, 6.0));
    vec3 lit = sun * (0.10 + 0.55 * max(dot(n, SUN_DIR) + 0.1, 0.0)) * ao / PI + (sky_light(n) + afterglow(n, v_point.z)) * ao;
    if (S_orb_light > 0.0) {
        vec3 to = u_orb - v_point;
        float d2 = dot(to, to);
        vec3 l = to * inversesqrt(d2 + 1e-6);
        float fall = S_orb_light * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.045));
        lit += ORB_LIGHT * fall * max(dot(n, l) + 0.3, 0.0) * ao;
        shine += ORB_LIGHT * fall * 0.04 * sheen(t, v, l, 30.0);
    }
    vec3 c = albedo * lit + shine * gloss;
    c += 0.3 * from_below(albedo, vec3(0.0), v_point) * ao;
    color = vec4((air(c, from, v_point) + dissolve_edge(v_rest)) * cover, cover);
}
