#version 330
// Dead leaves: veins and blotches, and the sun through them where they curl up. Grit: broken
// marble, grey with dust. Both are so small that they need less than slabs do.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
uniform sampler2D u_marble;  // clouding, veins, fine veins, wear
in vec3 v_rest;
in vec3 v_normal;
in vec2 v_own;  // seed; 1 for a leaf
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    float seed = v_own.x;
    vec4 blotch = texture(u_marble, v_rest.xy * 3.1 + seed * 7.0);
    vec3 dry = mix(srgb(0x4A3024), srgb(0x8A4A2C), fract(seed * 7.3));
    dry = mix(dry, srgb(0x6E2A26), step(0.72, fract(seed * 3.7)));
    vec3 broken = mix(srgb(0x8A7C78), srgb(0xCDB9B4), 0.5 * seed + 0.5 * blotch.y);
    Surface s;
    s.albedo = mix(broken * 0.8, dry, v_own.y) * (0.55 + 0.7 * blotch.x);
    s.normal = normalize(v_normal) * (v_own.y > 0.5 && !gl_FrontFacing ? -1.0 : 1.0);
    s.roughness = mix(0.75, 0.6, v_own.y);
    s.ao = 0.8;
    s.glow = vec3(0.0);
    s.thin = 0.55 * v_own.y;
    vec3 c = air(light(s, v_rest, eye()), eye(), v_rest);
    color = vec4(c + dissolve_edge(v_rest), 1.0);
}
