// Hands, hair and dyed cloth of a mourner. Places are head space, centimetres; `seed` is the
// person's own.
#pragma once
#pragma include "light.glsl"
#pragma include "bump.glsl"

// Hands: skin that work has reddened at the knuckles.
vec3 bare(inout Surface s, vec3 h, float seed) {
    vec3 c = mix(srgb(0x8C7A78), srgb(0xB59C90), 0.25 + 0.6 * fract(seed * 5.3)) * 0.80;
    float blotch = value_noise(h * 0.9), pores = value_noise(h * 9.0);
    c = mix(c, c * vec3(1.08, 0.80, 0.76), smoothstep(0.35, 0.8, blotch));
    s.roughness = 0.55 + 0.1 * pores;
    s.thin = 0.18;
    return c * (0.9 + 0.2 * pores);
}

// who: linen, age, woman, beard. The old are grey.
vec3 hair_colour(vec4 who, float seed) {
    float own = fract(seed * 19.7);
    vec3 young = mix(srgb(0x241C1C), srgb(0x4A3428), own);
    return mix(young, srgb(0x9A9494), smoothstep(0.45, 1.0, who.y + 0.2 * own - 0.1));
}

// Gown and veil are of other cloth than the mantle: older, greyer, each person's own; and what was
// dyed in one vat has faded in many suns.
vec3 dyed(vec3 mantle, float garment, float seed) {
    float one = fract(seed * 23.7), two = fract(seed * 71.3), three = fract(seed * 41.9);
    vec3 worn = mantle * mix(0.58, 1.90, three * three) * mix(vec3(1.26, 0.98, 0.80), vec3(0.84, 0.98, 1.18), one);
    if (garment < 0.06) return mix(worn, mix(srgb(0x3A3230), srgb(0x2C2A3A), one) * (0.55 + 1.1 * two), 0.72);
    if (garment < 0.19) return worn;
    // Veils are the darkest, so that the faces in them are light.
    vec3 linen = mix(srgb(0x33303C), srgb(0x3E3838), one);
    return 0.72 * mix(worn * (0.60 + 0.3 * two), linen, smoothstep(0.55, 0.75, two) * 0.85) * mix(vec3(1.14, 0.93, 0.84), vec3(0.84, 0.94, 1.18), smoothstep(0.3, 0.6, fract(seed * 13.1)));
}

// A robe's colour where nothing finer is seen: dyed, worn in patches, dusty from the hem up; folds
// are nearly black.
//   person: colour, dirt;  worn: two soft fields, 0 to 1;  height: above the floor, metres
vec3 robe(vec4 person, float garment, float seed, float ao, vec2 worn, float height) {
    vec3 dye = dyed(mix(person.rgb, vec3(luminance(person.rgb)), 0.22), garment, seed);
    vec3 c = 1.55 * dye * mix(0.38, 1.10, smoothstep(0.05, 0.85, ao)) * (0.66 + 0.36 * worn.x + 0.36 * worn.y);
    float high = height + 0.30 * (worn.y - 0.5) + 0.20 * (worn.x - 0.5);
    float dust = 1.0 - smoothstep(0.0, 0.05 + 0.42 * person.a, high);
    c = mix(c, srgb(0x8A7C74) * 0.42, dust * (0.40 + 0.5 * person.a));
    // Old damp darkens above the dust.
    return c * (1.0 - 0.35 * person.a * (1.0 - smoothstep(0.4, 0.62, high)) * smoothstep(0.1, 0.4, high));
}

// The sky and the floor on cloth: what is deep in a fold sees little of either, and what it sees is
// other folds, so that its shade is deeper and warmer than what lies open above it.
vec3 cloth_shade(vec3 n, float height, float ao) {
    vec3 deep = pow(vec3(ao), vec3(0.95, 1.20, 1.10));
    float up = 0.5 + 0.5 * n.z;
    return sky_light(n) * deep * mix(0.85, 1.85 + 0.7 * S_sky_light, up * up) + afterglow(n, height) * 1.7 * ao;
}

// How much more of the sky a figure takes that is seen whole: on what lies open above it, most of all,
// or from afar all would be one dark.
float far_open(vec3 n) { return 1.0 + (0.22 + 2.7 * smoothstep(0.15, 0.85, n.z)) * (1.0 - 0.85 * S_sky_light); }

// The burning sky of the west along an outline that turns to it, in the crowd's shade as well: what
// parts one dark figure from the next.
vec3 western_rim(vec3 n, float edge_on, float toward, float ao) {
    // Where it is thinner than a pixel it is spread, and down a fold's edge it is weaker, or it would sparkle.
    float rim = smoothstep(0.40, 0.98, edge_on) * smoothstep(0.1, 0.7, ao) / (1.0 + 4.0 * fwidth(edge_on));
    float turned = smoothstep(-0.35, 0.5, dot(n, SUN_DIR)) * mix(0.25, 1.0, toward) * mix(0.35, 1.0, smoothstep(-0.05, 0.40, n.z));
    return srgb(0xF0563A) * (0.50 * S_lit * (1.0 - 0.75 * S_sky_light) * rim * rim * turned);
}

// No cloth sends back more than a twelfth, or the crimson sun would make it as light as a face; its hue
// stays.
vec3 dark_enough(vec3 c) { return c * min(1.0, 0.085 / max(max(c.r, c.g), max(c.b, 1e-4))); }

// Fibres that stand up from cloth send light back where it is seen edge-on: the distribution of
// Estevez & Kulla (2017), with the visibility of Neubelt & Pettineo (2013).
float fuzz(vec3 n, vec3 v, vec3 l, float rough) {
    float nl = max(dot(n, l), 0.0), nv = max(dot(n, v), 1e-3), nh = max(dot(n, normalize(v + l)), 0.0);
    float sine = sqrt(max(1.0 - nh * nh, 1e-4));
    float spread = (2.0 + 1.0 / rough) * pow(sine, 1.0 / rough) / (2.0 * PI);
    return spread * nl / (4.0 * (nl + nv - nl * nv) + 1e-3);
}
