#version 330
// A dark world with its own thin bright crescent of morning, and the blue of its air on the limb.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec2 v_corner;
in vec4 v_body;
in vec3 v_sun;
in vec2 v_fade;
out vec4 color;

const float AIR = 0.055;  // height of the air in radii, as far as it glows

vec3 morning_colors(float facing) {
    vec3 c = mix(srgb(0xFF7E6B), srgb(0xFFB48A), smoothstep(0.0, 0.22, facing));
    return mix(c, srgb(0xFFE3B8), smoothstep(0.12, 0.50, facing));
}

void main() {
    vec2 p = v_corner;
    float r = length(p), morning = v_body.z;
    float soft = 0.75 / max(v_body.x, 0.75);  // radii a pixel, and a little
    float inside = 1.0 - smoothstep(1.0 - soft, 1.0 + soft, r);
    float inner = min(r, 0.9995);
    vec3 n = vec3(p * (inner / max(r, 1e-4)), sqrt(1.0 - inner * inner));

    // The face: night, a terminator softened by air, cloud where it is morning.
    float facing = dot(n, v_sun);
    float cloud = fbm(n * vec3(2.2, 4.6, 2.2) + v_body.w * 57.0, 3);
    float day = smoothstep(-0.02, 0.34, facing + (cloud - 0.5) * 0.12);
    vec3 ground = morning_colors(facing + 0.05) * (0.55 + 0.9 * cloud) * day * 2.3;
    vec3 night = mix(srgb(0x0A0A18), srgb(0x141226), 0.5 + 0.5 * n.y) * (0.5 + 0.4 * cloud);

    // The limb: air lit from behind runs on past the terminator, gold within and blue without.
    vec2 rim = p / max(r, 1e-4);
    float along = dot(rim, normalize(v_sun.xy));
    float height = max(r - 1.0, 0.0) / AIR;
    float wraps = smoothstep(mix(0.55, -0.55, morning), 1.0, along);
    float blue_wraps = smoothstep(mix(0.3, -0.95, morning), 0.9, along);
    float graze = exp(-pow((1.0 - n.z) - 1.0, 2.0) * 9.0);
    float shell = mix(graze, exp(-height * 1.6), smoothstep(1.0 - soft, 1.0 + soft, r));
    float thin = exp(-abs(r - 1.0) / max(0.024, soft * 0.7));
    vec3 air = mix(srgb(0xFFB48A), srgb(0xFFE3B8), along * 0.5 + 0.5) * wraps * wraps * thin * 2.6;
    air += srgb(0x7FB4E8) * blue_wraps * shell * (0.20 + 0.65 * wraps);
    float started = smoothstep(0.0, 0.25, morning);

    // The flame's own flash on the limb, and a glow that keeps small worlds alight.
    vec2 from = p - normalize(v_sun.xy) * 0.97;
    float spread = max(min(0.15, 2.5 * soft), soft * 1.1);
    float wide = max(min(1.0, 12.0 * soft), soft);
    float flash = v_body.y * (exp(-dot(from, from) / (spread * spread)) * 9.0 + exp(-dot(from, from) / (wide * wide)) * 0.16);
    float halo = exp(-dot(from, from) * 1.5) * 0.06 * morning * (1.0 - 0.8 * inside);
    float window = 1.0 - smoothstep(0.55, 1.0, length(p) / (2.4 * max(1.0, 3.0 / v_body.x)));

    // No two mornings alike: some rosier, some paler.
    vec3 tint = mix(vec3(1.08, 0.82, 0.80), vec3(0.98, 1.03, 1.10), fract(v_body.w * 5.31));
    ground *= v_fade.y * tint;
    air *= v_fade.y;
    vec3 c = (night * 0.7 * v_fade.x + ground * started) * inside + air * started;
    c += srgb(0xFFE3B8) * flash * window + srgb(0xFF9A7A) * halo * window;
    color = vec4(c, inside * v_fade.x);
}
