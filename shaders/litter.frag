#version 330
// Dead leaves: a midrib, veins, blotches, teeth, and the sun through them where they curl up. Dry
// grass: straw. Grit: broken marble, bright where it has just broken, grey with dust elsewhere.
// All are so small that they need less than slabs do.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
uniform sampler2D u_marble;  // clouding, veins, fine veins, wear
in vec3 v_rest;
in vec3 v_normal;
in vec2 v_own;
in vec2 v_place;
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    float seed = v_own.x;
    bool leaf = v_own.y > 0.5 && v_own.y < 1.5, sheet = v_own.y > 0.5;
    vec4 blotch = texture(u_marble, leaf ? v_place * vec2(0.045, 0.018) + seed * 7.0 : v_rest.xy * 3.1 + seed * 7.0);
    float aside = abs(v_place.y), rib = v_place.x * 7.0 - aside * 2.2;
    float tooth = fract(rib), pixel = fwidth(rib);
    if (leaf && aside > 1.0 - 0.16 * tooth - 0.10 * blotch.w) discard;
    // Ribs run from the middle one to the teeth; seen from afar they are one tone.
    float veins = max(1.0 - smoothstep(0.02, 0.09, aside), 0.75 * (1.0 - smoothstep(0.02, 0.05 + max(pixel, 0.05), min(tooth, 1.0 - tooth))));
    veins *= clamp(0.5 / max(pixel, 1e-3), 0.0, 1.0);
    vec3 dry = mix(srgb(0x5A3626), srgb(0xA0602F), fract(seed * 7.3));
    dry = mix(dry, srgb(0x6A2622), step(0.74, fract(seed * 3.7)));
    dry *= (0.62 + 0.62 * blotch.x) * mix(1.0, 0.50, smoothstep(0.55, 1.0, aside + 0.4 * (blotch.w - 0.5)));
    dry = mix(dry, dry * 0.72, veins);
    vec3 straw = mix(srgb(0x6E5636), srgb(0xA88A58), v_place.x * (0.5 + 0.5 * seed));
    vec3 broken = mix(srgb(0x8A7C78), srgb(0xDCCBC2), 0.5 * seed + 0.5 * blotch.y) * (0.50 + 0.6 * blotch.x);
    Surface s;
    s.albedo = leaf ? dry : sheet ? straw : broken;
    s.normal = normalize(v_normal) * (sheet && !gl_FrontFacing ? -1.0 : 1.0);
    s.roughness = sheet ? 0.55 : 0.72;
    s.ao = leaf ? 0.8 : sheet ? 0.3 + 0.6 * v_place.x : 0.75;
    s.glow = vec3(0.0);
    s.thin = leaf ? 0.5 * (1.0 - 0.35 * veins) * (0.6 + 0.5 * blotch.x) : sheet ? 0.55 : 0.0;
    vec3 c = air(light(s, v_rest, eye()), eye(), v_rest);
    color = vec4(c + dissolve_edge(v_rest), 1.0);
}
