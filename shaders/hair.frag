#version 330
// Dark brown hair: the picture of a lock's hairs, with a band of light across them (Kajiya and Kay
// 1989). Written premultiplied, and laid over what is beneath it.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/lock.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_tangent;
in vec3 v_strand;  // along, across, seed; a seed below 0 is hair that lies on the skull
in vec2 v_shade;   // deep, sun
out vec4 color;

// Sine of the angle between the strand and the half-way vector, raised: a line of light.
float sheen(vec3 t, vec3 v, vec3 l, float sharp) {
    float th = dot(t, normalize(v + l));
    return pow(max(1.0 - th * th, 0.0), 0.5 * sharp);
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    float along = v_strand.x, across = v_strand.y, number = abs(v_strand.z);
    bool skull = v_strand.z < 0.0;
    vec4 hair = lock_of(v_strand);
    // On the brow each lock's hairs begin one by one, thin and pale.
    float late = 0.02 + 0.28 * hair.g + 0.16 * (1.0 - smoothstep(0.10, 0.35, hair.r));
    float first = first_of(v_strand, hair);
    float begun = skull ? smoothstep(late - 0.05, late + 0.55, along) : smoothstep(first, first + 0.10, along);
    float cover = (1.0 - pow(1.0 - hair.a, 1.7)) * begun;
    if (cover < 0.01) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    vec3 n = normalize(v_normal);
    vec3 t = normalize(v_tangent - dot(v_tangent, n) * n);
    // Round to the light: each hair's edges, and each lock's, turn away from the eye.
    vec3 side = cross(t, n);
    n = normalize(n + 0.9 * (hair.b - 0.5) * side);
    float own = hair.g, high = hair.r;
    float lock = fract(number * 29.0), tone = 0.40 * own + 0.30 * high + 0.55 * lock - 0.18;
    vec3 albedo = mix(srgb(0x120B0E), srgb(0x4C3431), clamp(tone, 0.0, 1.0));
    if (skull) albedo = mix(albedo, srgb(0x6A5148), 0.30 * (1.0 - smoothstep(0.0, 0.42, along)));
    float buried = mix(0.34, 1.0, smoothstep(0.0, 0.75, high));
    float ao = buried * mix(1.0, 0.30, smoothstep(0.0, 1.0, v_shade.x)) * mix(0.60, 1.0, smoothstep(0.0, 0.014, v_rest.z));
    ao *= mix(1.0, 0.70, across * across);
    if (skull) ao *= mix(0.40, 1.0, smoothstep(0.02, 0.11, v_rest.z));
    else ao *= mix(0.62, 1.0, smoothstep(0.05, 0.40, along));
    // The band lies where locks turn over; each hair sets it a little its own way.
    t = normalize(t + (0.30 * (own - 0.5) + 0.44 * (fract(number * 17.0) - 0.5)) * n);
    float loose = skull ? 0.25 : smoothstep(0.04, 0.30, along);
    float gloss = mix(0.35, 1.0, loose) * ao * (0.30 + 1.1 * high * (0.4 + own));
    vec3 above = normalize(vec3(0.30, -0.40, 0.87));
    vec3 shine = vec3(0.47, 0.41, 0.58) * (0.26 * sheen(t, v, above, 60.0) + 0.040 * sheen(t, v, above, 9.0)) * (skull ? mix(0.10, 0.32, smoothstep(0.1, 0.7, along)) : 0.80);
    vec3 sun = SUN_LIGHT * vec3(0.60, 0.52, 0.80) * 1.6 * S_lit * v_shade.y * (1.0 - 0.75 * S_sky_light);
    shine += sun * (0.034 * sheen(t, v, SUN_DIR, 90.0) + 0.002 * sheen(t, v, SUN_DIR, 6.0));
    vec3 lit = sun * (0.02 + 0.32 * max(dot(n, SUN_DIR), 0.0)) * ao / PI + (sky_light(n) + afterglow(n, v_point.z)) * ao;
    if (S_orb_light > 0.0) {
        vec3 to = u_orb - v_point;
        float d2 = dot(to, to);
        vec3 l = to * inversesqrt(d2 + 1e-6);
        float fall = S_orb_light * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.045));
        lit += ORB_LIGHT * fall * max(dot(n, l) + 0.3, 0.0) * ao;
        shine += ORB_LIGHT * fall * 0.04 * sheen(t, v, l, 30.0);
    }
    vec3 c = albedo * lit + shine * gloss;
    c += 0.16 * from_below(albedo, vec3(0.0), v_point) * ao;
    color = vec4((air(c, from, v_point) + dissolve_edge(v_rest)) * cover, cover);
}
