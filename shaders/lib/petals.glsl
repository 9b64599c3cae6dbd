// Petals that light goes through, with veins and a shimmer that wanders along their rims.
#pragma once
#pragma include "light.glsl"
#pragma include "bump.glsl"
#pragma include "dissolve.glsl"
#ifndef PLAIN
#define PLAIN false  // true: without what is only seen a hand away
#endif
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
    return 0.6 * (1.0 - smoothstep(0.0, 0.22 + fine, line)) * (1.0 - smoothstep(0.2, 0.9, fine)) * (1.0 - smoothstep(0.55, 1.02, at.x));
}

// Drops of dew: little lenses, dark where the light comes in and bright where it is gathered.
void dewed(inout Surface s, vec3 v, float near) {
    vec2 q = vec2(v_petal.x * 28.0, v_petal.y * 11.0) / 3.4 + v_self.yy * 31.0, cell = floor(q);
    ivec3 c = ivec3(cell, int(v_self.z * 31.0) + int(v_self.y * 997.0));
    float r = hash(c);
    vec2 at = q - cell - 0.3 - 0.4 * vec2(fract(r * 57.0), fract(r * 131.0));
    float size = 0.09 + 0.17 * fract(r * 17.0), d = length(at) / size;
    float there = near * near * step(r, 0.22) * (1.0 - smoothstep(0.86, 1.0, d));
    vec2 side = at / size;
    float spark = 1.0 - smoothstep(0.12, 0.42, length(side - vec2(0.32, 0.34)));
    float gathered = smoothstep(0.3, 0.95, d) * (1.0 - smoothstep(-0.7, 0.1, side.x + side.y));
    s.glow = mix(s.glow, s.glow * 0.55 + srgb(0xFFE9E0) * (0.5 * gathered + 1.1 * spark) * S_lit, there);
    s.albedo *= 1.0 - 0.35 * there * (1.0 - gathered);
    s.roughness = mix(s.roughness, 0.12, there);
}

// A pale green foot, thin rims, and the bud's outside flushed with the rose of wood anemones.
void petal(inout Surface s, vec3 v, bool outside) {
    vec2 at = v_petal.xy;
    float open = v_petal.z;
    float vein = veins(at);
    float satin = PLAIN ? 0.5 : value_noise(vec3(at.x * 9.0, at.y * 60.0, v_self.y * 50.0));
    float near = (1.0 - smoothstep(0.25, 0.9, length(eye() - v_point)));
    if (!PLAIN) s.normal = bumped(s.normal, v_point, near * (outside ? 1.0 : -1.0) * (0.00010 * vein + 0.00004 * satin));
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
    float glow = max(-dot(s.normal, SUN_DIR), 0.0) * 0.5 + 0.9 * pow(max(dot(-v, SUN_DIR), 0.0), 4.0);
    s.glow += srgb(0xFFE6D6) * sun * glow * s.thin * (1.0 - 0.55 * vein) * 0.42;

    // The west's whole sky comes through as it comes through paper: in the shade they are white, and
    // not grey, and those that stand before it have a rim of its rose.
    s.glow += s.albedo * sky_light(-s.normal) * s.thin * s.ao * (1.0 - 0.4 * vein) * 0.48;
    float west = max(dot(-v, SUN_DIR), 0.0) * max(0.35 - dot(s.normal, SUN_DIR), 0.0);
    s.glow += srgb(0xFFC9BC) * west * s.thin * s.ao * (1.0 - 0.5 * vein) * 0.34 * S_lit * (1.0 - 0.6 * S_sky_light);

    // The little warmth that each keeps for itself rises from its heart as it opens.
    float cup = 1.0 - smoothstep(0.0, 0.55, at.x);
    s.glow += srgb(0xFFD9A8) * cup * cup * open * (outside ? 0.05 : 0.20) * S_bloom * (1.0 - 0.4 * vein) * S_lit;

    // And hope has a light of its own, most along the rims, or half of them would be grey in the shade.
    s.glow += srgb(0xE2DCFF) * (0.24 + 0.24 * smoothstep(0.45, 1.0, rim)) * s.ao * (1.0 - 0.35 * vein) * mix(0.5, 1.0, open) * S_bloom * S_lit;
    // A petal has an edge, which is cut thin and takes light from everywhere.
    s.glow += srgb(0xFFF2EA) * 0.22 * near * smoothstep(0.90, 0.98, rim) * S_lit;

    // What rests in the roots about the fallen one comes up through them.
    s.glow += s.albedo * srgb(0xFFCF94) * (root_rest(v_point.xy) * (0.10 + 0.40 * s.thin) * s.ao);

    // A shimmer that travels: slow bands across the tuft, strongest at the rim.
    float band = 0.5 + 0.5 * sin(S_breath * 0.8 - dot(v_rest.xy, vec2(5.0, 3.7)) * 2.0 - at.x * 2.5 + v_self.y * 6.28);
    float edge = pow(1.0 - abs(dot(s.normal, v)), 2.0) * 0.6 + smoothstep(0.72, 1.0, rim) * 0.7;
    vec3 pearl = mix(srgb(0xA9D8FF), srgb(0xFFE6D6), 0.5 + 0.5 * sin(at.x * 4.0 + at.y * 3.0 + S_breath * 0.4));
    s.glow += pearl * edge * band * band * (0.07 + 0.30 * S_bloom) * s.ao * S_lit;

    if (!PLAIN && !outside) dewed(s, v, near);
}

// Moss, blades and chips of stone about the stems.
void ground(inout Surface s, float kind) {
    float near = 1.0 - smoothstep(0.6, 2.5, length(eye() - v_point));
    float tufted = PLAIN ? 0.5 : value_noise(v_rest * 260.0), broad = textureLod(u_clouds, v_rest.xy * 1.7, 0.0).x;
    s.roughness = 0.75;
    if (kind < 4.5) {
        float fine = PLAIN ? 0.5 : value_noise(v_rest * 800.0);
        s.albedo = mix(srgb(0x39402A), srgb(0x7F8A56), smoothstep(0.25, 0.85, 0.55 * tufted + 0.30 * fine + 0.5 * (broad - 0.3)));
        s.albedo = mix(s.albedo, srgb(0x2E2528), smoothstep(0.55, 0.95, v_petal.x + 0.5 * (broad - 0.5)));
        if (!PLAIN) s.normal = bumped(s.normal, v_point, near * (0.0022 * tufted + 0.0008 * fine));
        s.ao = mix(0.30, 1.0, smoothstep(-0.040, 0.010, v_height - 0.014)) * mix(0.45, 1.0, tufted);
        s.thin = 0.2;
    } else if (kind < 5.5) {
        float rib = 1.0 - smoothstep(0.0, 0.22, abs(v_petal.y));
        s.albedo = mix(srgb(0x56663F), srgb(0x9AA772), v_petal.x) * (0.75 + 0.5 * fract(v_self.z * 7.1));
        s.albedo = mix(s.albedo, srgb(0xA58F62), 0.8 * step(0.8, fract(v_self.z * 3.7)) * v_petal.x);  // some have withered
        s.albedo *= 1.0 - 0.18 * rib;
        s.roughness = 0.5;
        s.thin = 0.8;
        s.ao = mix(0.35, 1.0, smoothstep(0.0, 0.5, v_petal.x));
    } else {
        s.albedo = srgb(0xCDBDB8) * (0.55 + 0.35 * v_self.z) * (0.8 + 0.4 * tufted);
        s.ao = 0.75;
    }
    // White heads throw light down at what they stand in.
    s.glow = s.albedo * srgb(0xE2DCFF) * 0.24 * S_bloom * S_lit * s.ao;
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
    bool is_petal = v_self.x < 0.5 || v_self.x > 6.5;
    if (is_petal) {
        petal(s, v, outside);
    } else if (v_self.x > 3.5) {
        ground(s, v_self.x);
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
        s.glow = s.albedo * (0.24 + 0.12 * rib) * S_bloom * S_lit;  // or a head would float in the dark
    }
    // Green takes little of the gold below it.
    if (!is_petal) s.ao *= 1.0 - 0.55 * root_rest(v_point.xy);
    // Down in the crack it is dark.
    if (v_self.x < 3.5) s.ao *= mix(0.25, 1.0, smoothstep(0.0, 0.05, v_height));
    vec3 c = light(s, v_point, from);
    if (is_petal) {
        // A low sun comes into a cup over its rim: the wall towards it keeps the heart in shade.
        float over = dot(v_axis, SUN_DIR);
        float cup = outside ? 1.0 : smoothstep(-0.15, 0.45, v_petal.x - 0.55 * (1.0 - max(over, 0.0)) * length(v_axis));
        c *= mix(0.58, 1.0, cup);
        // The eye takes them for white, whatever the light.
        c = mix(c, luminance(c) * vec3(1.08, 1.04, 1.20), 0.42);
    }
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
