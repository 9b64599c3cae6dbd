#version 330
// A puff of silver smoke, lit from the six sides that it was marched from (models/place/puffs.py).
#pragma include "lib/light.glsl"
in vec2 v_uv;
in vec3 v_point;
flat in vec3 v_self;
flat in vec3 v_sun;
flat in vec3 v_zenith;
uniform sampler2D u_puffs;  // light from right, left, above and below on the card
uniform sampler2D u_thick;  // opacity, light from the eye and from behind, depth
out vec4 color;

const vec3 SILVER = vec3(0.93, 0.95, 1.08), VIOLET = vec3(0.30, 0.29, 0.36);

// How much of a light from unit vector d comes through to what is seen.
float comes(vec3 d, vec4 sides, vec4 through) {
    vec3 s = d * d;
    return s.x * (d.x > 0.0 ? sides.x : sides.y) + s.y * (d.y > 0.0 ? sides.z : sides.w) + s.z * (d.z > 0.0 ? through.y : through.z);
}

void main() {
    vec4 sides = texture(u_puffs, v_uv), through = texture(u_thick, v_uv);
    float alpha = 1.0 - exp(-3.0 * v_self.x * through.w * 1.1);
    alpha *= smoothstep(-0.03, 0.05, v_point.z);
    float sky = comes(v_zenith, sides, through), sun = comes(v_sun, sides, through);
    vec3 lit = mix(srgb(0x7E7A99) * VIOLET, srgb(0xC8D0DA) * SILVER, sky * sky);
    lit *= mix(vec3(0.62, 0.66, 0.90), vec3(1.0), v_self.y);
    // The edge that looks at the sun burns, what lies behind it is in its shade.
    vec3 low = mix(SUN_LIGHT, vec3(luminance(SUN_LIGHT)), 0.45) * S_lit * v_self.y * (1.0 - 0.7 * S_sky_light);
    lit = lit * mix(0.72, 1.05, sun * v_self.y + 0.5 * (1.0 - v_self.y)) + low * 0.30 * sun * sun * sun;
    vec3 to = u_orb - v_point;
    lit += ORB_LIGHT * S_orb_light * (0.30 / (dot(to, to) + 0.30) + 0.04);
    color = vec4(lit * alpha, alpha);
}
