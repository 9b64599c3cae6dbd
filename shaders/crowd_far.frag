#version 330
// Mourners from afar: cloth without a weave, in one closed skin, and faces without features.
#pragma include "lib/mourner.glsl"
#pragma include "lib/dissolve.glsl"
#pragma include "lib/fade.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec4 v_cloth;         // ao, way to the cloth's edge, part, height above the floor
flat in vec4 v_person;   // robe colour, dirt
flat in vec2 v_self;     // phase, share of this level
in vec2 v_weave;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip || faded(v_self.y, v_cloth.w)) discard;
    vec3 from = eye(), to = from - v_point;
    float range = length(to), seed = v_self.x;
    vec3 v = to / range, n = normalize(v_normal);
    float ao = v_cloth.x;
    // The sun's map holds a coarser mesh than the one seen, which is filled where arms stand off: it is
    // looked up before both.
    float lit = sun_at(v_point + 0.55 * SUN_DIR + 0.03 * n);
    vec3 sun = SUN_LIGHT * S_lit * (1.0 - 0.75 * S_sky_light);
    float bare = mod(v_cloth.z + 0.5, 2.0) > 1.0 ? 1.0 : 0.0;
    vec4 worn = textureLod(u_clouds, v_weave * 1.1 + seed, 0.0);
    vec3 albedo = robe(v_person, v_cloth.z, seed, ao, worn.xy, v_cloth.w);
    float edge_on = 1.0 - max(dot(n, v), 0.0);
    albedo = dark_enough(albedo) * (1.0 + 1.1 * edge_on * edge_on * edge_on);
    albedo = mix(albedo, mix(srgb(0x8C7A78), srgb(0xB59C90), 0.25 + 0.6 * fract(seed * 5.3)) * 0.72, v_cloth.z > 0.0 ? bare : 0.35 * bare);  // hands are no mouths
    ao = max(ao, 0.5 * bare);
    ao *= mix(ao, 1.0, 0.25);
    float thin = mix(0.10, 0.5, 1.0 - smoothstep(0.0, 0.12, v_cloth.y)) * (1.0 - bare);
    float toward = max(dot(-v, SUN_DIR), 0.0);
    float fringe = edge_on * edge_on * edge_on / (1.0 + 3.0 * fwidth(edge_on)) * smoothstep(0.15, 0.8, ao) * (1.0 - bare);
    vec3 glow = sun * toward * toward * toward * lit * fringe * smoothstep(0.0, 0.35, n.z) * mix(0.34, 0.50, smoothstep(5.0, 18.0, range));
    glow += western_rim(n, edge_on, toward, ao) * (1.0 - bare);
    float facing = dot(n, SUN_DIR), wrap = mix(0.06, 0.35, thin);
    // Folds that look west from within a figure lie in its own shade.
    lit *= mix(smoothstep(0.30, 0.62, ao), 1.0, bare);
    float front = max((facing + wrap) / (1.0 + wrap), 0.0) + thin * 0.5 * max(-facing, 0.0);
    vec3 c = albedo * (1.6 * sun * lit * front / PI + cloth_shade(n, v_point.z, ao) * far_open(n)) + glow;
    Surface s = Surface(albedo, n, 0.86, ao, vec3(0.0), thin);
    c += near_light(s, v_point, v, wrap, 1.0, 0.0);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
