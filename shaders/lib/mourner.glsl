// Hands, hair and dyed cloth of a mourner. Places are head space, centimetres; `seed` is the
// person's own.
#pragma once
#pragma include "light.glsl"

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

// Gown and veil are of other cloth than the mantle: older, greyer, each person's own.
vec3 dyed(vec3 mantle, float garment, float seed) {
    float one = fract(seed * 23.7), two = fract(seed * 71.3);
    if (garment < 0.06) return mix(mantle, mix(srgb(0x3A3230), srgb(0x2C2A3A), one) * (0.7 + 0.9 * two), 0.72);
    if (garment < 0.19) return mantle;
    // Veils are the darkest, so that the faces in them are light.
    vec3 linen = mix(srgb(0x3A353C), srgb(0x483F3C), one);
    return mix(mantle * (0.60 + 0.3 * two), linen, smoothstep(0.55, 0.75, two) * 0.85);
}

// A robe's colour where nothing finer is seen: dyed, worn in patches, dusty from the hem up.
//   person: colour, dirt;  worn: two soft fields, 0 to 1;  height: above the floor, metres
vec3 robe(vec4 person, float garment, float seed, float ao, vec2 worn, float height) {
    vec3 dye = dyed(mix(person.rgb, vec3(luminance(person.rgb)), 0.16), garment, seed);
    vec3 c = 1.5 * dye * mix(0.42, 1.0, smoothstep(0.0, 0.75, ao)) * (0.70 + 0.34 * worn.x + 0.30 * worn.y);
    float dust = 1.0 - smoothstep(0.0, 0.05 + 0.42 * person.a, height + 0.3 * (worn.y - 0.5));
    return mix(c, srgb(0x8A7C74) * 0.42, dust * (0.40 + 0.5 * person.a));
}
