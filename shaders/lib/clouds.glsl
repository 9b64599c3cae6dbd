// The clouds' baked light (models/sky/cloudscape.py), coloured by the act and carried by the wind.
#pragma once
#pragma include "frame.glsl"
#pragma include "color.glsl"
#pragma include "noise.glsl"
uniform sampler2D u_cloud_light;  // passed, many, once, sky; over the upper half space, as dome.frag

const float CLOUD_WIND = 3.0;     // m/s, towards the east
const float CLOUD_AGE = 180.0;    // seconds that one place of the pattern is carried along
const float CLOUD_HEIGHT = 2600.0;
const float WISP = 2.3;           // level of u_clouds whose texel is as fine as a wisp overhead

// Passed, many, once, sky in a direction (of any length), with the wind's shift in metres along x.
vec4 cloud_texel(vec3 dir, float shift, float level) {
    // Where the eye would have seen this piece of cloud before the wind moved it.
    vec2 from = dir.xy - vec2(shift / CLOUD_HEIGHT * dir.z, 0.0);
    vec2 at = from / (sqrt(dot(from, from) + dir.z * dir.z) + dir.z);
    vec4 c = textureLod(u_cloud_light, 0.5 + 0.5 * at, level);
    return vec4(c.r, c.gba * c.gba);
}

// The pattern is carried for a while, fades, and begins again; two of them take turns, so that
// it never jumps (flow maps, Vlachos 2010). They change over quickly and are apart for long, as
// two at once would show every edge twice.
vec4 cloud_turns(vec3 dir, float level) {
    float age = S_breath / CLOUD_AGE + 0.25;
    float one = fract(age), two = fract(age + 0.5);
    float share = smoothstep(0.30, 0.70, abs(2.0 * one - 1.0));
    float way = CLOUD_WIND * CLOUD_AGE;
    return mix(cloud_texel(dir, (one - 0.5) * way, level), cloud_texel(dir, (two - 0.5) * way, level), share);
}

// With wisps finer than the dome's texels: edges are drawn out a little and eaten a little.
vec4 cloud_light(vec3 dir, float level) {
    vec3 d = vec3(dir.xy, max(dir.z, 0.0));
    vec2 plane = d.xy / (d.z + 0.12);
    // No finer than a wisp is: the last octaves of the field would fray every edge like a dry brush.
    float wisp = mix(4.0, WISP, smoothstep(0.0, 0.5, d.z));
    vec4 broad = textureLod(u_clouds, plane * 0.9 + vec2(S_breath * 0.0011, 0.0), wisp - 0.7);
    vec4 fine = textureLod(u_clouds, plane * vec2(2.1, 3.1) - vec2(0.0, S_breath * 0.0017), wisp);
    d.xy += ((broad.wz - 0.5) * 0.006 + (fine.zw - 0.5) * 0.003) * (0.3 + 2.0 * d.z);
    vec4 c = cloud_turns(d, level);
    float eaten = (broad.z + fine.x + fine.w - 1.5) * smoothstep(0.03, 0.2, d.z);
    float edge = c.r * (1.0 - c.r);
    return vec4(clamp(c.r + edge * eaten, 0.0, 1.0), c.gba * (1.0 - 0.55 * c.r * eaten));
}

// The clear sky's light in a direction, seen through and among the clouds. Towards the sun they
// scatter much more, and their edges burn; in the east they turn their lit sides to the eye.
vec3 clouded(vec3 clear, vec4 light, vec3 dir, float off) {
    // Right about the disc there is a gap, or a scrap of cloud would sit on it like a flame.
    light = mix(vec4(1.0, 0.0, 0.0, 0.0), light, smoothstep(0.0012, 0.0042, off));
    float narrow = 1.0 / (1.0 + 36.0 * off), wide = 1.0 / (1.0 + 5.0 * off);
    float east = smoothstep(0.8, 1.9, off);
    vec3 many = srgb(0xB83A34) * 0.36 * wide + srgb(0x56445E) * 0.34 + srgb(0x8A5878) * 0.30 * east;
    // What was scattered once: a rose or red sheen, and edges that burn, the yellower the nearer the sun.
    vec3 sheen = srgb(0xA85868) * 0.9 + srgb(0xDC4448) * 2.7 * wide + srgb(0xE89480) * 1.7 * east;
    vec3 burning = srgb(0xFFAC54) * 5.2 * narrow * (0.35 + 1.0 * narrow) + srgb(0xE85C44) * 1.3 * wide;
    vec3 dusk = mix(srgb(0x524E74), srgb(0x42284C), wide) + srgb(0x7A5A80) * 0.7 * east;
    // The silver light falls from straight above, and silvers what lies nearest to it.
    float overhead = dir.z * dir.z;
    vec3 above = mix(dusk, srgb(0xA4B8EE) * (0.8 + 2.6 * overhead), S_sky_light * 0.85);
    vec3 once = light.b * (sheen * (0.12 + 0.65 * light.b) + burning * light.b);
    return clear * light.r + ((many * light.g + once) * (1.0 - 0.65 * S_sky_light) + above * light.a) * S_lit;
}
