#version 330
// Land and ruins beyond the courtyard: earth and weathered stone, in the same light, without the
// sun's map, which ends before them.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_normal;
in float v_seed;  // 0.5: earth; away from it: stone
in float v_sees;  // share of sun and sky that the place sees
out vec4 color;

void main() {
    if (v_rest.z < u_clip) discard;
    dissolve_discard(v_rest);
    vec3 n = normalize(v_normal);
    vec4 broad = texture(u_clouds, v_rest.xy / 61.0 + v_rest.z * 0.013);
    vec3 earth = mix(srgb(0x4A3F48), srgb(0x6A5A58), broad.y) * 0.55;
    vec3 stone = mix(srgb(0xA89488), srgb(0xD8C4B0), broad.x) * 0.86;
    // Dry grass and clods, near by.
    float clod = texture(u_clouds, v_rest.xy / 1.7).w * 0.5 + texture(u_clouds, v_rest.xy / 5.3).z * 0.5;
    earth *= mix(1.0, 0.35 + 1.3 * clod, exp(-length(v_rest - eye()) / 30.0));
    // Courses of blocks, as far as they can be told apart; what ran down from ledges; what has been eaten away.
    float along = v_rest.x * n.y - v_rest.y * n.x;
    float course = v_rest.z / 0.55, row = floor(course);
    float block = along / 1.3 + hash(row) * 3.0;
    float told = 1.0 - smoothstep(0.10, 0.45, fwidth(course));
    float upright = 1.0 - abs(n.z);
    float joint = max(abs(fract(course) - 0.5), abs(fract(block) - 0.5) + 0.02) * 2.0;
    stone *= 1.0 - 0.30 * told * smoothstep(0.78, 1.0, joint) * upright;
    stone *= 1.0 + told * (0.20 * (hash(ivec3(int(row), int(floor(block)), 7)) - 0.5));
    vec4 eaten = texture(u_clouds, vec2(along, v_rest.z) / 23.0 + v_seed);
    vec4 run = texture(u_clouds, vec2(along / 4.0 + v_seed, v_rest.z / 37.0));
    stone = mix(stone, srgb(0x6E6068) * 0.8, upright * 0.62 * smoothstep(0.46, 0.80, run.y * 0.7 + eaten.z * 0.3));
    // Where its facing of squared blocks has come off, the rubble of the wall's heart is dark and coarse.
    vec4 lost = texture(u_clouds, vec2(along, v_rest.z) / 53.0 + 3.0 * v_seed);
    float bare = smoothstep(0.56, 0.64, lost.z * 0.72 + eaten.w * 0.16 + run.w * 0.12);
    stone = mix(stone, srgb(0x80706A) * (0.55 + 0.6 * eaten.w), 0.55 * bare * upright);
    stone = mix(stone, srgb(0xC08C66) * 0.8, 0.35 * smoothstep(0.5, 0.8, eaten.y));  // iron in it
    stone *= (0.80 + 0.4 * (eaten.x - 0.3)) * (0.90 + 0.2 * fract(v_seed * 61.0));
    float built = smoothstep(0.0, 0.1, abs(v_seed - 0.5));
    vec3 c = mix(earth, stone, built);
    // The terrace and what stands on it keep the low sun from the foot of things.
    float rim = -0.6 - max(v_rest.x - 48.0, 0.0) * 0.0787 + 1.4 * (broad.z - 0.5);
    float lit = smoothstep(-1.2, 1.2, v_rest.z - rim) * smoothstep(0.30, 0.55, v_sees);
    lit *= mix(0.35, 1.0, smoothstep(0.40, 0.70, texture(u_clouds, v_rest.xy / 310.0 + 0.7).x));  // clouds' shade
    vec3 sun = SUN_LIGHT * vec3(1.7, 2.1, 1.7) * S_lit * (1.0 - 0.75 * S_sky_light) * max(dot(n, SUN_DIR), 0.0) / PI;
    vec3 bounce = srgb(0xB0604A) * 0.22 * S_lit * (1.0 - 0.75 * S_sky_light) * (0.5 - 0.5 * n.z) * built;
    float sky_seen = mix(0.16, 1.0, v_sees) * (0.55 + 0.45 * smoothstep(-14.0, 6.0, v_rest.z));
    c *= sun * lit + sky_light(n) * 0.8 * sky_seen + bounce * v_sees;
    c = air(c, eye(), v_rest);
    // The valley holds mist: each ridge stands out of what lies before it.
    vec3 way = v_rest - eye();
    float away = 1.0 - exp(-max(length(way.xy) - 45.0, 0.0) / 110.0);
    vec2 drift = vec2(S_breath * 0.0012, S_breath * 0.0007);
    float bank = texture(u_clouds, v_rest.xy / 190.0 + drift).x + 0.5 * texture(u_clouds, v_rest.xy / 61.0 - drift).y;
    float low = 1.0 - smoothstep(-14.0, 6.0 + 9.0 * away, v_rest.z + 9.0 * (bank - 0.75));
    vec3 glow = sky_gradient(normalize(vec3(way.xy, 0.10 * length(way.xy))));
    c = mix(c, glow, 0.30 * away * step(0.02, abs(v_seed - 0.5)));  // ruins stand one behind another, too
    // Along a ridge line grass and dust take the light of the sky behind.
    vec3 dir = way / max(length(way), 1e-4);
    float crest = 1.0 - smoothstep(0.0, 0.30, dot(n, -dir));
    c += glow * crest * crest * (0.20 + 0.9 / (1.0 + 14.0 * (1.0 - dot(dir, SUN_DIR))));
    c = mix(c, glow * 1.12, 0.78 * away * low);
    // Heights in the east have the last sun on them, through all that air (alpenglow).
    float height = smoothstep(-2.0, 34.0, v_rest.z + 10.0 * (broad.y - 0.5)) * (1.0 - built);
    c += srgb(0xE07A62) * 0.30 * (0.55 + 0.75 * texture(u_clouds, v_rest.xy / 83.0).z) * height * away * smoothstep(0.02, 0.5, dot(n, SUN_DIR))
        * smoothstep(-0.1, 0.7, dir.x) * S_lit * (1.0 - 0.75 * S_sky_light);
    color = vec4(c + dissolve_edge(v_rest), 1.0);
}
