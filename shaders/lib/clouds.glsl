// The clouds' baked light (models/cloudscape.py), coloured by the act and carried by the wind.
#pragma once
#pragma include "frame.glsl"
#pragma include "color.glsl"
#pragma include "noise.glsl"
uniform sampler2D u_cloud_light;  // passed, sun, first light, sky; azimuth x root of elevation

const float CLOUD_WIND = 4.5;     // m/s, towards the east
const float CLOUD_AGE = 180.0;    // seconds that one place of the pattern is carried along
const float CLOUD_HEIGHT = 2600.0;
const float BRIGHTEST = 2.5;      // as the bake has it

// Passed, sun, first light, sky in a direction, with the wind's shift in metres along x.
vec4 cloud_texel(vec3 dir, float shift, float level) {
    // Where the eye would have seen this piece of cloud before the wind moved it.
    vec3 from = normalize(vec3(dir.xy - vec2(shift, 0.0) * dir.z / CLOUD_HEIGHT, dir.z));
    float azimuth = atan(from.y, from.x) / (2.0 * PI);
    float row = sqrt(max(asin(clamp(from.z, -1.0, 1.0)), 0.0) / (0.5 * PI));
    vec4 c = textureLod(u_cloud_light, vec2(azimuth, row), level);
    return vec4(c.r, c.gba * c.gba * BRIGHTEST);
}

// The pattern is carried for a while, fades, and begins again; two of them take turns, so that
// it never jumps (flow maps, Vlachos 2010).
vec4 cloud_light(vec3 dir, float level) {
    vec3 d = vec3(dir.xy, max(dir.z, 0.0));
    vec2 plane = d.xy / (d.z + 0.12);
    vec2 torn = texture(u_clouds, plane * 0.35 + vec2(S_breath * 0.0011, 0.0)).wz - 0.5;
    vec2 torn2 = texture(u_clouds, plane * 1.1 - vec2(0.0, S_breath * 0.0017)).zw - 0.5;
    d.xy += (torn * 0.010 + torn2 * 0.004) * (0.3 + 2.0 * d.z);
    d = normalize(d);
    float age = S_breath / CLOUD_AGE;
    float one = fract(age), two = fract(age + 0.5);
    float share = abs(2.0 * one - 1.0);
    float way = CLOUD_WIND * CLOUD_AGE;
    return mix(cloud_texel(d, (one - 0.5) * way, level), cloud_texel(d, (two - 0.5) * way, level), share);
}

// The clear sky's light in a direction, seen through and among the clouds. Those in the east turn
// their lit sides to the eye.
vec3 clouded(vec3 clear, vec4 light, vec3 dir) {
    // Low down the panorama has too few rows: there the haze has taken the clouds.
    light = mix(vec4(1.0, 0.0, 0.0, 0.0), light, smoothstep(0.004, 0.05, dir.z));
    float second = max(light.g - light.b, 0.0);
    vec3 sun = srgb(0xA83454) * second * 1.25 + srgb(0xD0804C) * light.b * 0.85;
    float east = smoothstep(-0.1, 0.9, dir.x);
    sun = mix(sun, srgb(0x8A5088) * second * 2.3 + srgb(0xF29080) * light.b * 3.6, east);
    vec3 above = mix(srgb(0x30204E) * 1.0, srgb(0x8C93B8) * 0.9, S_sky_light * 0.8);
    return clear * light.r + (sun * (1.0 - 0.65 * S_sky_light) + above * light.a) * S_lit;
}
