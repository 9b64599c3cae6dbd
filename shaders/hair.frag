#version 330
// Dark hair in locks like feathers, with a sheen across the strands (Kajiya and Kay 1989).
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_tangent;
in vec3 v_strand;  // along, across, seed; a seed below 0 is hair that lies on the skull
out vec4 color;

const float BARBS = 7.0;   // along a lock
const float SLANT = 1.9;   // how far a barb runs forward on its way out, in barbs

// Sine of the angle between the strand and the half-way vector, raised: a line of light.
float sheen(vec3 t, vec3 v, vec3 l, float sharp) {
    float th = dot(t, normalize(v + l));
    return pow(sqrt(max(1.0 - th * th, 0.0)), sharp);
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    float number = abs(v_strand.z);
    // Hairs leave the quill at a narrow angle and run forward, gathered into barbs, each of which
    // reaches as far out as its own number lets it.
    float edge = abs(v_strand.y), side = v_strand.y > 0.0 ? 1.0 : 2.0;
    float row = v_strand.x * BARBS - SLANT * pow(edge, 1.4) + 0.6 * value_noise(vec3(v_strand.x * 7.0, number * 51.0, side));
    float own = hash(ivec3(int(floor(row)), int(side), int(number * 977.0)));
    float at = fract(row), tip = smoothstep(0.30, 0.75, v_strand.x);
    // What is finer than a pixel is left out.
    float wide = fwidth(v_strand.y);
    float cut = tip * (0.06 + 0.34 * own) * at * (1.0 - smoothstep(0.10, 0.30, wide));
    if (edge > 1.0 - cut) discard;
    if (wide > 1.35 && v_strand.x > 0.5) discard;  // the tip of a lock, or it would break into dots
    float gap = tip * smoothstep(0.75, 1.0, at) * smoothstep(0.2, 0.8, edge);
    float broad = 1.0 - smoothstep(0.3, 0.8, wide * 8.0);
    float fine = 1.0 - smoothstep(0.3, 0.8, wide * 26.0);
    float off = v_strand.y + 0.25 * v_strand.x;
    float coarse = value_noise(vec3(off * 2.6, v_strand.x * 1.3, number * 73.0));
    float lines = 0.5 + 0.8 * (coarse - 0.5) + 0.18 * (own - 0.5) * tip;
    if (broad > 0.0) lines += broad * (value_noise(vec3(off * 8.0, v_strand.x * 2.0, number * 37.0)) - 0.5);
    if (fine > 0.0) lines += fine * 0.7 * (value_noise(vec3(off * 26.0, v_strand.x * 3.0, number * 91.0)) - 0.5);
    lines = clamp(lines, 0.0, 1.0);
    float slant = sign(v_strand.y) * 0.22 * edge;
    vec3 n = normalize(v_normal);
    if (dot(n, v) < 0.0) n = normalize(n - 2.0 * dot(n, v) * v);
    vec3 across = normalize(cross(v_tangent, n) + 1e-5);
    // Each hair leans a little its own way, so that a lock shines in lines.
    float tilt = 1.1 * (lines - 0.5) + 0.22 * sin(v_strand.x * 8.0 + number * 40.0);
    vec3 t = normalize(v_tangent + slant * across + tilt * n);
    vec3 albedo = mix(srgb(0x0E0B0D), srgb(0x35292D), 0.3 * fract(number * 7.3) + 0.7 * lines);
    float ao = mix(0.45, 1.0, smoothstep(0.0, 0.018, v_rest.z)) * mix(1.0, 0.55, edge * edge) * (1.0 - 0.7 * gap);
    // Two lobes (Marschner et al. 2003): the first white, towards the tip; the second coloured by
    // the hair it went through, towards the root.
    vec3 near_tip = normalize(t - 0.07 * n), near_root = normalize(t + 0.10 * n);
    float gloss = ao * (0.20 + 1.6 * lines * lines) * (1.0 - smoothstep(0.85, 1.0, v_strand.x));
    vec3 above = normalize(vec3(0.25, -0.35, 0.90));
    vec3 shine = vec3(0.56, 0.49, 0.68) * 0.14 * sheen(near_tip, v, above, 110.0);
    vec3 sun = SUN_LIGHT * 1.6 * S_lit * sunlight(v_point, n) * (1.0 - 0.75 * S_sky_light);
    shine += sun * (0.040 * sheen(near_tip, v, SUN_DIR, 160.0) + 0.003 * vec3(1.0, 0.62, 0.5) * sheen(near_root, v, SUN_DIR, 16.0));
    vec3 lit = sun * max(dot(n, SUN_DIR) + 0.1, 0.0) / PI + sky_light(n) * ao;
    if (S_orb_light > 0.0) {
        vec3 to = u_orb - v_point;
        float d2 = dot(to, to);
        vec3 l = to * inversesqrt(d2 + 1e-6);
        float fall = S_orb_light * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.02));
        lit += ORB_LIGHT * fall * max(dot(n, l) + 0.3, 0.0) * ao;
        shine += ORB_LIGHT * fall * 0.07 * sheen(near_tip, v, l, 40.0);
    }
    // Where a hair leaves the skin it is fine enough for the skin to show.
    if (v_strand.z < 0.0) albedo = mix(srgb(0x6E5E64), albedo, smoothstep(0.0, 0.040, v_strand.x));
    vec3 c = albedo * lit + shine * gloss;
    if (S_roots > 0.0) c += 4.0 * albedo * srgb(0xA9D2F4) * root_light(v_point.xy) * ao;
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
