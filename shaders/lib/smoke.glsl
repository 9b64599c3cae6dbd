// Silver smoke on a ribbon: lit softly by sun, sky and orb. Premultiplied.
#pragma once
#pragma include "light.glsl"
#pragma include "wisp.glsl"

vec4 smoke(float thick, vec3 point, float sun) {
    float alpha = 1.0 - exp(-thick * 1.7);
    // Thick, it sends back the silver of the sky; thin, what comes through it is violet.
    vec3 lit = mix(srgb(0x7E7A99) * 0.45, srgb(0xC8D0DA) * 0.95, clamp(thick * 0.9, 0.0, 1.0)) * vec3(0.88, 0.95, 1.10);
    lit += SUN_LIGHT * 0.020 * S_lit * sun * (1.0 - 0.7 * S_sky_light);
    vec3 to = u_orb - point;
    lit += ORB_LIGHT * S_orb_light * (0.30 / (dot(to, to) + 0.30) + 0.04);
    return vec4(lit * alpha, alpha);
}
