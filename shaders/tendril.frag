#version 330
// Silver smoke: lit softly by sun, sky and orb, and shade of it on the stone.
#pragma include "lib/light.glsl"
#pragma include "lib/wisp.glsl"
in float v_across;
in vec4 v_self;
in float v_thick;
in vec3 v_point;
flat in float v_shade;
out vec4 color;

void main() {
    float t = v_self.w, x = v_across;
    float present = (1.0 - smoothstep(0.9, 1.0, t)) * smoothstep(0.0, 0.25, v_self.y);
    if (v_shade > 0.5) {
        present *= smoothstep(0.08, 0.3, t) * (1.0 - smoothstep(0.5, 0.68, t));
        float dark = 0.36 * present * v_thick * exp(-x * x * 3.0) * (1.0 - x * x);
        color = vec4(srgb(0x171028) * 0.3 * dark, dark);
        return;
    }
    present *= smoothstep(-0.01, 0.07, v_point.z);
    float torn = texture(u_clouds, vec2(t * 0.35 - S_breath * 0.03, v_self.x * 5.3)).x;
    float thick = wisp(t, x, 2.4, v_self.x, S_breath * 0.035) * present * smoothstep(0.1, 0.7, torn);
    float alpha = 1.0 - exp(-thick * 1.7);
    vec3 silver = mix(srgb(0x7E7A99) * 0.45, srgb(0xC8D0DA) * 0.95, clamp(thick * 0.9, 0.0, 1.0)) * vec3(0.95, 0.95, 1.08);
    vec3 lit = silver + SUN_LIGHT * 0.030 * S_lit * v_self.z * (1.0 - 0.7 * S_sky_light);
    vec3 to = u_orb - v_point;
    lit += ORB_LIGHT * S_orb_light * (0.30 / (dot(to, to) + 0.30) + 0.04);
    color = vec4(lit * alpha, alpha);
}
