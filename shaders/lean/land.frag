#version 330
// Land and ruins beyond the courtyard, for machines without a graphics card.
#pragma include "../lib/light.glsl"
#pragma include "../lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_normal;
in float v_seed;  // 0.5: earth; away from it: stone
in float v_sees;  // share of sun and sky that the place sees
out vec4 color;

void main() {
    dissolve_discard(v_rest);
    vec3 n = normalize(v_normal);
    vec3 way = v_rest - eye();
    float range = length(way);
    vec3 sun = SUN_LIGHT * 1.6 * S_lit * (1.0 - 0.75 * S_sky_light);
    float facing = max((dot(n, SUN_DIR) + 0.06) / 1.06, 0.0) / PI;
    vec3 haze = sky_gradient(normalize(vec3(way.xy / range, max(way.z / range, 0.0) * 0.5 + 0.03))) * 0.95;
    float row = fract(v_rest.z / 0.55), joint = abs(row - 0.5);
    float eaten = textureLod(u_clouds, v_rest.xy / 61.0 + v_rest.z * 0.013, 0.0).x;
    vec3 stone = srgb(0xC4B0A0) * (0.36 + 0.5 * eaten) * (1.0 - 0.3 * step(0.44, joint) * exp(-range / 60.0));
    vec3 c = mix(srgb(0x4A3F48) * 0.6, stone, smoothstep(0.0, 0.1, abs(v_seed - 0.5)));
    c *= sun * 1.15 * facing * smoothstep(0.30, 0.55, v_sees) + sky_light(n) * 0.8 * (0.2 + 0.8 * v_sees);
    float away = 1.0 - exp(-max(range - 45.0, 0.0) / 110.0);
    float low = 1.0 - smoothstep(-14.0, 6.0 + 9.0 * away, v_rest.z);
    float thick = 1.0 - exp(-range * HAZE);
    color = vec4(mix(mix(c, haze, thick), haze * 1.12, 0.86 * away * low) + dissolve_edge(v_rest), 1.0);
}
