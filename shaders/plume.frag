#version 330
// A curtain of silver mist with fibres that stream up, brightest where it leaves the stone.
#pragma include "lib/light.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec4 v_self;
in vec3 v_point;
out vec4 color;

void main() {
    float up = v_corner.y, sides = v_corner.x * (1.0 - v_corner.x) * 4.0;
    float flow = S_breath * 0.05;
    vec2 at = vec2(v_self.x * 9.0 + v_corner.x * 0.16, up * 0.10 - flow);
    vec4 broad = texture(u_clouds, at * vec2(1.0, 1.3));
    vec4 fine = texture(u_clouds, at * vec2(2.3, 1.0) + vec2(0.4, -0.5 * flow));
    float torn = 1.0 - smoothstep(0.25, 0.6, up * up - 0.7 * (broad.x - 0.35));
    float fibre = 0.15 + 1.1 * fine.z * fine.z * broad.y;
    float foot = smoothstep(-0.04, 0.02, v_point.z);
    float thick = sides * torn * fibre * foot * (0.25 + 1.3 * (1.0 - up) * (1.0 - up)) * smoothstep(0.0, 0.4, v_self.y);
    thick *= smoothstep(0.25, 0.8, distance(v_point, eye()));
    float alpha = 1.0 - exp(-thick * 1.25);
    vec3 silver = mix(srgb(0x7E7A99) * 0.5, srgb(0xC8D0DA) * 0.9, clamp(0.25 + thick, 0.0, 1.0)) * vec3(0.95, 0.95, 1.08);
    vec3 lit = silver + SUN_LIGHT * 0.035 * S_lit * v_self.z * (1.0 - 0.7 * S_sky_light);
    vec3 to = u_orb - v_point;
    lit += ORB_LIGHT * S_orb_light * (0.30 / (dot(to, to) + 0.30) + 0.04);
    color = vec4(lit * alpha, alpha);
}
