// Petals that light goes through, with veins and a shimmer that wanders along their rims.
#pragma once
#pragma include "light.glsl"
#pragma include "bump.glsl"
#pragma include "dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_petal;
flat in vec3 v_self;
flat in vec3 v_axis;
in float v_height;
out vec4 color;

// Veins that leave the foot together and fan out, 0..1; faded where they are finer than a pixel.
float veins(vec2 at) {
    float fan = at.y * (3.4 + 1.2 * at.x) + 0.25 * sin(at.x * 9.0 + v_self.y * 20.0) * at.x;
    float line = abs(fract(fan + 0.5) - 0.5);
    float fine = fwidth(fan);
    return (1.0 - smoothstep(0.0, 0.16 + fine, line)) * (1.0 - smoothstep(0.2, 0.9, fine)) * (1.0 - smoothstep(0.55, 1.02, at.x));
}

// A pale green foot, thin rims, and the bud's outside flushed with the rose of wood anemones.
void petal(inout Surface s, vec3 v, bool outside) {
    vec2 at = v_petal.xy;
    float open = v_petal.z;
    float vein = veins(at);
    float satin = value_noise(vec3(at.x * 9.0, at.y * 60.0, v_self.y * 50.0));
    float near = (1.0 - smoothstep(0.25, 0.9, length(eye() - v_point)));
    s.normal = bumped(s.normal, v_point, near * (outside ? 1.0 : -1.0) * (0.00010 * vein + 0.00003 * satin));
    // White, each with a breath of its own: cream, rose, or the blue of the shade.
    float breath = fract(v_self.y * 17.3);
    vec3 c = srgb(0xF7F4F0) * mix(vec3(1.0), breath < 0.4 ? srgb(0xFBF1E2) : breath < 0.7 ? srgb(0xF9E6EA) : srgb(0xE9ECFA), 0.8);
    c = mix(c, srgb(0xC9D3B4), 0.55 * (1.0 - smoothstep(0.0, 0.30, at.x)));
    c = mix(c, srgb(0xD9CAD6), (outside ? 0.55 : 0.12) * (1.0 - smoothstep(0.1, 0.75, at.x)) * (1.0 - 0.5 * open));
    s.albedo = c * (1.0 - 0.06 * vein) * mix(0.90, 1.0, satin);
    s.roughness = 0.52;
    float rim = max(at.x, abs(at.y));
    s.thin = mix(0.45, 1.0, smoothstep(0.2, 0.95, rim)) * (1.0 - 0.3 * vein) * mix(0.5, 1.0, open);
    // Deep in the cup little light comes in; wrapped petals shade each other.
    s.ao = mix(0.22, 1.0, smoothstep(0.0, 0.70, at.x + (outside ? 0.30 : 0.0)));
    s.ao *= mix(0.74, 1.0, smoothstep(-0.45, 0.5, s.normal.z + 0.4 * at.x));  // and the one below

    // Light from behind warms on its way through, and the veins stand in it.
    vec3 to = u_orb - v_point;
    float d2 = dot(to, to);
    vec3 l = to * inversesqrt(d2 + 1e-6);
    float behind = max(-dot(s.normal, l), 0.0) * 0.75 + 0.5 * pow(max(dot(-v, l), 0.0), 6.0);
    float fall = S_orb_light * (1.6 / (d2 + 0.12) + 0.55 / (1.0 + d2 * 0.045));
    s.glow = srgb(0xFFE6D6) * mix(vec3(1.0), ORB_LIGHT, 0.55) * behind * fall * s.thin * s.ao * 0.55;
    vec3 sun = SUN_LIGHT * S_lit * (1.0 - 0.75 * S_sky_light) * sun_at(v_point + s.normal * 0.03);
    float glow = max(-dot(s.normal, SUN_DIR), 0.0) * 0.35 + 0.5 * pow(max(dot(-v, SUN_DIR), 0.0), 5.0);
    s.glow += srgb(0xFFE6D6) * sun * glow * s.thin * (1.0 - 0.45 * vein) * 0.30;

    // The sky comes through as it comes through paper: in the shade they are white, and not grey.
    s.glow += s.albedo * sky_light(-s.normal) * s.thin * s.ao * (1.0 - 0.4 * vein) * 0.42;

    // The little warmth that each keeps for itself rises from its heart as it opens.
    s.glow += srgb(0xFFE6D6) * (1.0 - at.x) * (1.0 - at.x) * open * (outside ? 0.08 : 0.26) * S_bloom * (1.0 - 0.4 * vein) * S_lit;

    // And hope has a light of its own, most along the rims, or half of them would be grey in the shade.
    s.glow += srgb(0xE9E4F8) * (0.17 + 0.20 * smoothstep(0.35, 1.0, rim)) * s.ao * (1.0 - 0.25 * vein) * open * S_bloom * S_lit;

    // What rests in the roots about the fallen one comes up through them.
    s.glow += s.albedo * srgb(0xFFCF94) * (root_rest(v_point.xy) * (0.4 + 0.6 * s.thin) * s.ao);

    // A shimmer that travels: slow bands across the tuft, strongest at the rim.
    float band = 0.5 + 0.5 * sin(S_breath * 0.8 - dot(v_rest.xy, vec2(5.0, 3.7)) * 2.0 - at.x * 2.5 + v_self.y * 6.28);
    float edge = pow(1.0 - abs(dot(s.normal, v)), 2.0) * 0.6 + smoothstep(0.72, 1.0, rim) * 0.7;
    vec3 pearl = mix(srgb(0xA9D8FF), srgb(0xFFE6D6), 0.5 + 0.5 * sin(at.x * 4.0 + at.y * 3.0 + S_breath * 0.4));
    s.glow += pearl * edge * band * band * (0.07 + 0.30 * S_bloom) * s.ao * S_lit;
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    Surface s;
    s.normal = normalize(v_normal);
    bool outside = dot(s.normal, v) < 0.0;
    if (outside) s.normal = -s.normal;
    s.glow = vec3(0.0);
    if (v_self.x < 0.5) {
        petal(s, v, outside);
    } else if (v_self.x > 1.5 && v_self.x < 2.5) {
        float tip = smoothstep(0.82, 0.92, v_petal.x);
        s.albedo = mix(srgb(0xD2C98A), mix(srgb(0xEFEFE2), srgb(0xE8D9A8), tip), smoothstep(0.2, 0.36, v_petal.x));
        s.roughness = 0.7;
        s.thin = 0.6;
        s.glow = s.albedo * (0.10 + 0.25 * tip) * S_bloom * S_lit;
        s.ao = 0.6 + 0.4 * smoothstep(0.3, 0.9, v_petal.x);
    } else {
        bool leaf = v_self.x > 2.5;
        float rib = leaf ? (1.0 - smoothstep(0.0, 0.16, abs(v_petal.y))) : 0.0;
        s.albedo = mix(srgb(0x748A66), srgb(0x8A7F78), leaf ? 0.1 : 0.45 * v_petal.x);
        s.albedo *= 0.85 + 0.3 * rib + 0.2 * v_self.y;
        s.roughness = leaf ? 0.5 : 0.6;
        s.thin = leaf ? 0.7 : 0.25;
        s.ao = 1.0;
        s.glow = s.albedo * (0.16 + 0.10 * rib) * S_bloom * S_lit;  // or a head would float in the dark
    }
    // Down in the crack it is dark.
    s.ao *= mix(0.25, 1.0, smoothstep(0.0, 0.05, v_height));
    vec3 c = light(s, v_point, from);
    if (v_self.x < 0.5) {
        // A low sun comes into a cup over its rim: the wall towards it keeps the heart in shade.
        float over = dot(v_axis, SUN_DIR);
        float cup = outside ? 1.0 : smoothstep(-0.15, 0.45, v_petal.x - 0.55 * (1.0 - max(over, 0.0)) * length(v_axis));
        c *= mix(0.58, 1.0, cup);
        // The eye takes them for white, whatever the light.
        c = mix(c, luminance(c) * vec3(1.10, 1.09, 1.14), 0.36);
    }
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
