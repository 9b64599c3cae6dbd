#version 330
// What a small thing's shadow leaves of the light below it, to be multiplied with the picture:
// nothing of the sun, all of the sky.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
uniform sampler2D u_lips;  // how high the shade of slabs further west stands: models/place/lipshade.py
in vec3 v_rest;
in vec3 v_strip;
out vec4 color;

const vec3 SKY_SHARE = vec3(0.20, 0.30, 0.56);  // of the light on lit marble

void main() {
    dissolve_discard(v_rest);
    float soft = mix(0.35, 1.0, v_strip.x);
    float shade = 1.0 - smoothstep(1.0 - soft, 1.0, abs(v_strip.y));
    shade *= smoothstep(0.0, 0.06, v_strip.x) * (1.0 - smoothstep(0.40, 1.0, v_strip.x));
    float lit = sun_at(v_rest + vec3(0.0, 0.0, 0.03)) * S_lit * (1.0 - 0.75 * S_sky_light);
    lit *= step((textureLod(u_lips, court_uv(v_rest.xy), 0.0).x - 0.5) * 0.128, v_rest.z);
    color = vec4(mix(vec3(1.0), SKY_SHARE, shade * v_strip.z * clamp(lit, 0.0, 1.0)), 1.0);
}
