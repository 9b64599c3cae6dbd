// The sky: a dying sun under broken cloud, and the air between the eye and things.
#pragma once
#pragma include "frame.glsl"
#pragma include "color.glsl"
#pragma include "noise.glsl"

// 4.5 degrees above the western horizon.
const vec3 SUN_DIR = vec3(-0.99692, 0.0, 0.07846);
const float SUN_RADIUS = 0.034;  // radians: seven times the real one, as dreams and telephoto have it

// The clear gradient of the sky, without sun or cloud. Cheap: light and reflections use it.
vec3 sky_gradient(vec3 dir) {
    float up = max(dir.z, 0.0);
    float west = 0.5 + 0.5 * dot(normalize(dir.xy + 1e-5), SUN_DIR.xy);
    vec3 low = mix(srgb(0x3A2046), srgb(0x6B2A4F), smoothstep(0.15, 0.85, west));
    low = mix(low, srgb(0xB8374A) * 1.25, pow(west, 7.0));
    vec3 c = mix(low, srgb(0x4A2A5C), smoothstep(0.0, 0.17, up));
    c = mix(c, srgb(0x2C1B45), smoothstep(0.12, 0.42, up));
    c = mix(c, srgb(0x171028), smoothstep(0.38, 0.92, up));
    float toward = max(dot(dir, SUN_DIR), 0.0);
    c += srgb(0xE0503A) * (0.30 * pow(toward, 24.0) + 0.55 * pow(toward, 220.0));
    vec3 silver = mix(srgb(0xB9C4D6), srgb(0x53618C), smoothstep(0.0, 0.6, up));
    c = mix(c, silver * 0.55, S_sky_light * 0.42);
    return c * S_lit;
}

// Sun and clouds on the gradient, in radiance.
vec3 sky(vec3 dir) {
    vec3 c = sky_gradient(dir);
    float up = dir.z;
    float angle = acos(clamp(dot(dir, SUN_DIR), -1.0, 1.0));
    // Limb darkening of a cool star (linear law, u = 0.75).
    float inside = smoothstep(SUN_RADIUS, SUN_RADIUS * 0.965, angle);
    float mu = sqrt(max(1.0 - pow(angle / SUN_RADIUS, 2.0), 0.0));
    vec3 disc = mix(srgb(0x8E1020), srgb(0xE0402F), pow(mu, 0.7)) * (0.25 + 0.75 * mu) * 5.0;
    float drift = S_breath * 0.0016;
    if (up > -0.02) {
        // A deck far above, seen in perspective, and low bars that lie across the sun.
        vec2 plane = dir.xy / (up + 0.16);
        vec2 warp = texture(u_clouds, plane * 0.045 + vec2(drift * 0.4, 0.0)).xy - 0.5;
        vec4 big = texture(u_clouds, plane * 0.075 + warp * 0.22 + vec2(drift, drift * 0.3));
        vec4 fine = texture(u_clouds, plane * 0.31 + warp * 0.5 + vec2(drift * 1.7, 0.1));
        float body = big.x * 0.72 + fine.y * 0.28;
        float deck = smoothstep(0.50, 0.70, body) * smoothstep(0.02, 0.16, up);
        float azimuth = atan(dir.y, -dir.x);
        vec2 bar_at = vec2(azimuth * 0.32 + drift * 0.5, up * 3.1);
        vec4 bar = texture(u_clouds, bar_at + warp * 0.06);
        vec4 wisp = texture(u_clouds, bar_at * vec2(3.1, 2.3) + 0.37);
        float bars = smoothstep(0.50, 0.66, bar.x * 0.75 + wisp.x * 0.25);
        bars *= smoothstep(-0.01, 0.02, up) * smoothstep(0.34, 0.10, up);
        // Lit from below: the side of a cloud that faces the sun has less cloud towards it.
        vec4 ahead = texture(u_clouds, (plane + SUN_DIR.xy * 0.9) * 0.075 + warp * 0.22 + vec2(drift, drift * 0.3));
        float edge = clamp((body - (ahead.x * 0.72 + fine.y * 0.28)) * 3.2 + 0.28, 0.0, 1.0);
        float toward = 0.5 + 0.5 * dot(normalize(dir), SUN_DIR);
        float glow = pow(toward, 3.0) * smoothstep(0.85, 0.1, up);
        vec3 shade = mix(srgb(0x2B1A40), srgb(0x4A2542), glow);
        vec3 lit = mix(srgb(0xA8434F), srgb(0xC98A5A), edge * edge * toward);
        lit = mix(lit, srgb(0xC4CDDC), S_sky_light * 0.5);
        vec3 cloud = mix(shade, lit * 1.35, edge * (0.12 + 0.88 * glow));
        c = mix(c, cloud * S_lit, deck * 0.88);
        vec3 bar_color = mix(srgb(0x3A1B3F), srgb(0x7E2438), pow(toward, 6.0));
        bar_color += srgb(0xE0603F) * 0.5 * pow(toward, 60.0) * smoothstep(0.66, 0.5, bar.x);
        c = mix(c, bar_color * S_lit, bars * 0.8);
        inside *= 1.0 - 0.93 * bars;
        inside *= 1.0 - 0.9 * deck;
    }
    c += disc * inside * smoothstep(-0.004, 0.004, up) * S_lit;
    return c;
}

// What the air adds and takes on the way from the eye to a point (single scattering, exponential
// in height; Wenzel 2006).
vec3 air(vec3 color, vec3 eye, vec3 point) {
    vec3 way = point - eye;
    float range = length(way);
    vec3 dir = way / max(range, 1e-4);
    float fall = 0.055;
    float drop = way.z * fall;
    float column = range * exp(-max(eye.z, 0.0) * fall)
        * (abs(drop) > 1e-3 ? (1.0 - exp(-drop)) / drop : 1.0);
    float haze = 1.0 - exp(-column * 0.0085);
    vec3 glow = sky_gradient(normalize(vec3(dir.xy, max(dir.z, 0.0) * 0.5 + 0.015)));
    return mix(color, glow * 0.95, haze);
}
