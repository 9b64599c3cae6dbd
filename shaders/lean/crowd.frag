#version 330
// Mourners for machines without a graphics card: cloth without a weave.
#pragma include "../lib/mourner.glsl"
#pragma include "../lib/dissolve.glsl"
#pragma include "../lib/fade.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec4 v_cloth;         // ao, hem, part, height above the floor
flat in vec4 v_person;   // robe colour, dirt
flat in vec4 v_self;     // phase, 1 on the face, -1 where mirrored
in vec3 v_weave;
in float v_lining;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (faded(v_self.w, v_cloth.w)) discard;
    vec3 to = eye() - v_point;
    float range = length(to);
    vec3 v = to / range;
    float seed = v_self.x;
    bool cloth = v_self.y < 0.5;
    bool lining = cloth && gl_FrontFacing != (v_self.z > 0.0);
    vec3 n = normalize(lining ? -v_normal : v_normal);
    float ao = lining ? v_lining : v_cloth.x;
    vec3 albedo, glow = vec3(0.0);
    float thin = 0.16;
    // The sun's map holds a coarser mesh than the one seen: it is looked up a hand's breadth nearer.
    float lit = sun_at(v_point + 0.12 * SUN_DIR + 0.03 * n);
    vec3 sun = SUN_LIGHT * S_lit * (1.0 - 0.75 * S_sky_light);
    if (cloth) {
        vec4 worn = textureLod(u_clouds, v_weave.xy * 1.1 + seed, 0.0);
        albedo = robe(v_person, v_cloth.z, seed, ao, worn.xy, v_cloth.w);
        float edge_on = 1.0 - max(dot(n, v), 0.0);
        albedo = dark_enough(albedo) * (1.0 + 1.1 * edge_on * edge_on * edge_on);
        ao *= mix(ao, 1.0, 0.25);
        thin = mix(0.10, 0.55, 1.0 - smoothstep(0.0, 0.12, v_weave.z));
        float toward = max(dot(-v, SUN_DIR), 0.0);
        float fringe = edge_on * edge_on;
        fringe *= fringe / (1.0 + 8.0 * fwidth(edge_on)) * smoothstep(0.15, 0.8, ao);
        glow = sun * toward * toward * toward * lit * fringe * smoothstep(0.0, 0.35, n.z) * mix(0.30, 0.14, smoothstep(5.0, 18.0, range));
        glow += western_rim(n, edge_on, toward, ao);
    } else {
        float pale = 0.25 + 0.6 * fract(seed * 5.3);
        albedo = mix(srgb(0x8C7A78), srgb(0xB59C90), pale) * 0.84;
    }
    float facing = dot(n, SUN_DIR), wrap = mix(0.06, 0.35, thin);
    float front = max((facing + wrap) / (1.0 + wrap), 0.0) + thin * 0.5 * max(-facing, 0.0);
    vec3 c = albedo * (1.6 * sun * lit * front / PI + cloth_shade(n, v_point.z, ao) * mix(1.0, far_open(n), smoothstep(3.5, 8.0, range))) + glow;
    if (S_orb_light > 0.0) {
        vec3 way = u_orb - v_point;
        float d2 = dot(way, way);
        float cosine = max((dot(n, way) * inversesqrt(d2 + 1e-6) + wrap + 0.15) / (1.15 + wrap), 0.0);
        float fall = S_orb_light * (0.85 + 0.3 * S_orb_pulse) * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.045));
        c += albedo * ORB_LIGHT * fall * cosine * ao;
    }
    c += from_below(albedo, n, v_point) * ao;
    color = vec4(air(c, eye(), v_point) + dissolve_edge(v_rest), 1.0);
}
