// Marble for machines without a graphics card: one look at the stone, one at the sun's map, the sky
// mirrored by the floor, cracks as lines. FLOOR as in lib/marble.glsl.
#pragma once
#pragma include "../lib/light.glsl"
#pragma include "../lib/dissolve.glsl"
#pragma include "../lib/roots.glsl"
#pragma include "../lib/carving.glsl"
uniform sampler2D u_marble;  // clouding, veins, fine veins, wear
uniform sampler2D u_ground;  // share of the sky that the floor sees beside people, and that flowers take
in vec3 v_rest;
in vec3 v_quarry;
in vec3 v_normal;
in vec3 v_extra;
in vec3 v_sun;
in vec3 v_sky;
in vec4 v_haze;
in vec2 v_open;
out vec4 color;

// What an even light sends back of itself by cosine and roughness (Karis 2014, for mobiles).
float mirrored(float nv, float roughness) {
    vec4 r = roughness * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float a = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
    return DIELECTRIC * (-1.04 * a + r.z) + 1.04 * a + r.w;
}

void main() {
    dissolve_discard(v_rest);
    vec3 n = normalize(v_normal);
    vec4 told = CARVED ? texture(u_carving, v_open) : vec4(1.0);
    if (CARVED) n = carved(n, told.rg);
    vec3 from = v_rest - eye();
    float range = length(from);
    vec3 v = -from / range;
    float kind = v_extra.z;
    vec3 sun = SUN_LIGHT * 1.6 * S_lit * (1.0 - 0.75 * S_sky_light);
    float facing = max((dot(n, SUN_DIR) + 0.06) / 1.06, 0.0) / PI;
    vec3 side = abs(n);
    if (!FLOOR) facing *= glancing(n, dot(n, SUN_DIR));
    vec4 m = texture(u_marble, side.z > 0.6 ? v_quarry.xy : side.x > side.y ? v_quarry.yz : v_quarry.xz);
    bool floor_top = FLOOR && n.z > 0.8;
    float inside = CARVED ? soiled(told.a) : max(v_extra.y, 0.0);
    float footprint = max(fwidth(v_extra.y), 1e-4);

    vec3 base = mix(srgb(0xCDB9B4), srgb(0xEFE0D6), m.x) * (FLOOR ? 0.78 + 0.30 * v_extra.x : 0.64 + 0.52 * v_extra.x);
    base = mix(base, srgb(0x5E5668), m.y * 0.9);
    base = mix(base, srgb(0x8F7C78), smoothstep(0.35, 0.8, m.w) * 0.5);
    float dirt = 1.0 - smoothstep(0.0, FLOOR ? 0.10 + 0.16 * m.y : 0.04, inside);
    base = mix(base, srgb(0x3A3038), dirt * 0.6) * 0.82;
    float roughness = FLOOR ? 0.34 + 0.34 * m.w : 0.6;
    float ao = 1.0, down = 1.0;
    vec4 crack = vec4(0.0);
    if (FLOOR) {
        vec2 ground = textureLod(u_ground, court_uv(v_rest.xy), 0.0).rg;
        ao = ground.x * (1.0 - 0.72 * ground.y * smoothstep(0.2, 1.4, S_flowers_front - length(v_rest.xy)));
        crack = textureLod(u_cracks, court_uv(v_rest.xy), 0.0);
        down = exp(min(v_rest.z + 0.03, 0.0) * 16.0);
        base = mix(srgb(0x120C18), base, down);
        ao *= down;
    } else {
        ao = kind < 1.5 ? 0.62 * (0.55 + 0.45 * smoothstep(0.0, 0.8, v_rest.z)) : 0.62;
        if (CARVED) ao *= told.a;
    }
    float lit = 1.0;
    if (all(greaterThan(v_sun.xy, vec2(0.0))) && all(lessThan(v_sun, vec3(1.0)))) lit = texture(u_shadow, v_sun);
    lit *= CARVED ? told.b : mix(0.12, 1.0, down);

    vec3 bent = normalize(n + vec3(m.w - 0.5, m.x - 0.5, 0.0) * 0.06);
    float nv = max(dot(bent, v), 1e-3);
    vec3 c = base * (sun * lit * facing + v_sky * ao);
    c += sun * lit * glitter(highlight(bent, v, SUN_DIR, roughness, SUN_RADIUS));
    vec3 r = reflect(-v, bent);
    c += sky_gradient(vec3(r.xy, abs(r.z) + 0.04)) * mirrored(nv, roughness) * (floor_top ? ao : 0.35 * ao);
    if (floor_top && kind > 0.1) {
        float share = clamp(0.5 - v_extra.y / footprint, 0.0, 1.0) * min(crack.y / footprint, 1.0);
        c = mix(c, srgb(0x120C18), share * 0.94);
    }
    if (!QUIET && S_orb_light > 0.0) {
        vec3 to = u_orb - v_rest;
        float d2 = dot(to, to);
        float cosine = max((dot(n, to) * inversesqrt(d2 + 1e-6) + 0.2) / 1.2, 0.0);
        float fall = S_orb_light * (0.85 + 0.3 * S_orb_pulse) * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.045));
        c += base * ORB_LIGHT * fall * cosine * ao;
    }
    if (FLOOR && !QUIET && S_roots > 0.0) {
        float away = max(floor_top ? max(v_extra.y + 0.5 * crack.y, crack.x - 0.05) : crack.x - 0.02, 0.0);
        Roots r = roots(v_rest, crack, away, max(fwidth(v_rest.x), fwidth(v_rest.y)), v_rest.z < -0.03, false);
        c += 0.6 * r.shine + 0.7 * r.thrown * base * (1.15 - 0.75 * n.z);
        float sees = textureLod(u_ground, court_uv(v_rest.xy), 0.0).b;
        c += from_below(base, n, v_rest) * ao + base * heart_light(v_rest.xy) * (0.4 * sees * ao);
    }
    color = vec4(mix(c, v_haze.rgb, v_haze.a) + dissolve_edge(v_rest), 1.0);
}
