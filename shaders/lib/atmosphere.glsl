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
    float toward = max(dot(dir, SUN_DIR), 0.0);
    vec3 low = mix(srgb(0x33203F), srgb(0x6B2A4F), smoothstep(0.1, 0.9, west));
    low = mix(low, srgb(0xB8374A), pow(west, 14.0) * 0.85);
    vec3 c = mix(low, srgb(0x4A2A5C), smoothstep(0.0, 0.24, up));
    c = mix(c, srgb(0x2C1B45), smoothstep(0.14, 0.50, up));
    c = mix(c, srgb(0x171028), smoothstep(0.40, 0.95, up));
    c += srgb(0xE0402F) * (0.10 * pow(toward, 18.0) + 0.30 * pow(toward, 160.0));
    vec3 silver = mix(srgb(0xC9B4C8), srgb(0x3E4478), smoothstep(0.0, 0.34, up));
    silver = mix(silver, srgb(0x232552), smoothstep(0.3, 0.9, up));
    c = mix(c, silver * 0.62, S_sky_light * (0.30 + 0.25 * smoothstep(0.25, 0.0, up)));
    return c * S_lit;
}

// How much cloud of the high deck lies in a direction, 0..1 before its threshold.
float deck_body(vec2 plane, vec2 warp, float drift) {
    vec4 big = texture(u_clouds, plane * 0.062 + warp * 0.10 + vec2(drift, drift * 0.3));
    vec4 mid = texture(u_clouds, plane * 0.19 + warp * 0.16 + vec2(drift * 1.4, 0.1));
    vec4 fine = texture(u_clouds, plane * 0.53 - warp * 0.1 + vec2(drift * 2.0, 0.4));
    return big.x * 0.62 + mid.y * 0.27 + fine.x * 0.11;
}

// Sun and clouds on the gradient, in radiance.
vec3 sky(vec3 dir) {
    vec3 c = sky_gradient(dir);
    float up = dir.z;
    float angle = acos(clamp(dot(dir, SUN_DIR), -1.0, 1.0));
    // Limb darkening of a cool star (linear law, u = 0.7).
    float inside = smoothstep(SUN_RADIUS, SUN_RADIUS * 0.96, angle);
    float mu = sqrt(max(1.0 - pow(angle / SUN_RADIUS, 2.0), 0.0));
    vec3 disc = mix(srgb(0xA01424), srgb(0xF0492E), mu) * (0.3 + 0.7 * mu) * 6.5;
    float drift = S_breath * 0.0016;
    if (up > -0.02) {
        vec2 plane = dir.xy / (max(up, 0.0) + 0.22);
        vec2 warp = texture(u_clouds, plane * 0.04 + vec2(drift * 0.4, 0.0)).xy - 0.5;
        float body = deck_body(plane, warp, drift);
        float deck = smoothstep(0.47, 0.74, body) * smoothstep(0.03, 0.30, up);
        // Lit from below: a cloud's sunward side has less cloud before it than behind.
        float ahead = deck_body(plane + SUN_DIR.xy * 0.55, warp, drift);
        float edge = clamp((body - ahead) * 3.0 + 0.22, 0.0, 1.0);
        float toward = 0.5 + 0.5 * dot(normalize(dir), SUN_DIR);
        float glow = pow(toward, 2.2) * smoothstep(0.95, 0.12, up);
        float thin = 1.0 - smoothstep(0.50, 0.80, body);
        vec3 shade = mix(srgb(0x2B1A40), srgb(0x4E2546), glow);
        vec3 lit = mix(srgb(0xA8434F), srgb(0xC98A5A), edge * edge * toward * thin * 0.8);
        lit = mix(lit, srgb(0xC8BCD4), S_sky_light * 0.45);
        vec3 cloud = mix(shade, lit, clamp(edge * 0.8 + thin * 0.25, 0.0, 1.0) * (0.08 + 0.92 * glow));
        c = mix(c, cloud * S_lit, deck * 0.85);

        // Bars of low cloud that lie across the sun, drawn out along the horizon.
        float azimuth = atan(dir.y, -dir.x);
        vec2 bar_at = vec2(azimuth * 0.3183 + drift * 0.5, up * 2.3 + 0.21);
        float bar = texture(u_clouds, bar_at + warp * 0.05).x * 0.68
            + texture(u_clouds, bar_at * vec2(3.0, 2.6) + 0.37).y * 0.32;
        float bars = smoothstep(0.46, 0.72, bar) * smoothstep(0.0, 0.035, up) * smoothstep(0.30, 0.06, up);
        // Two thin ones are always there.
        float sway = (texture(u_clouds, vec2(azimuth * 0.4775 + drift, 0.13)).x - 0.5) * 0.03;
        float lines = exp(-pow((up - 0.0655 - sway * 0.5) / 0.0042, 2.0))
            + 0.85 * exp(-pow((up - 0.093 + sway * 0.4) / 0.0030, 2.0));
        lines *= 0.45 + 0.8 * texture(u_clouds, vec2(azimuth * 0.9549 - drift, 0.7)).y;
        bars = max(bars, min(lines, 1.0) * exp(-azimuth * azimuth * 5.0));
        vec3 bar_color = mix(srgb(0x2F1838), srgb(0x6B1F38), pow(toward, 8.0));
        bar_color += srgb(0xE0503A) * 0.35 * pow(toward, 90.0) * (1.0 - smoothstep(0.5, 0.75, bar));
        c = mix(c, bar_color * S_lit, bars * 0.82);
        inside *= 1.0 - 0.88 * bars;
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
    float haze = 1.0 - exp(-column * 0.0062);
    vec3 glow = sky_gradient(normalize(vec3(dir.xy, max(dir.z, 0.0) * 0.5 + 0.03)));
    return mix(color, glow * 0.95, haze);
}
