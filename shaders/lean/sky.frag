#version 330
// The sky for machines without a graphics card: one tear in the clouds, bars only at the sun.
#pragma include "../lib/atmosphere.glsl"
in vec3 v_dir;
out vec4 color;

vec4 cloud_at(float lift, vec2 flat_dir, float shift) {
    vec2 from = flat_dir - vec2(shift, 0.0) * lift / CLOUD_HEIGHT;
    float size = inversesqrt(dot(from, from) + lift * lift);
    float row = sqrt(asin(lift * size) / (0.5 * PI));
    vec4 c = textureLod(u_cloud_light, vec2(atan(from.y, from.x) / (2.0 * PI), row), 0.0);
    return vec4(c.r, c.gba * c.gba * BRIGHTEST);
}

void main() {
    vec3 dir = normalize(v_dir);
    float lift = max(dir.z, 0.0);
    vec2 torn = textureLod(u_clouds, dir.xy / (lift + 0.12) * 0.7 + vec2(S_breath * 0.0011, 0.0), 0.0).wz - 0.5;
    vec2 d = dir.xy + torn * 0.012 * (0.3 + 2.0 * lift);
    float one = fract(S_breath / CLOUD_AGE), two = fract(S_breath / CLOUD_AGE + 0.5);
    float way = CLOUD_WIND * CLOUD_AGE;
    vec4 cloud = mix(cloud_at(lift, d, (one - 0.5) * way), cloud_at(lift, d, (two - 0.5) * way), abs(2.0 * one - 1.0));
    vec3 clear = sky_gradient(dir);
    float near = dot(dir, SUN_DIR);
    if (near > 0.9) {
        float angle = acos(min(near, 1.0));
        float inside = 1.0 - smoothstep(SUN_RADIUS * 0.94, SUN_RADIUS * 1.02, angle);
        float bars = sun_bars(dir);
        vec3 dark = srgb(0x6B1F38) + srgb(0xE0503A) * 0.2 * exp(-angle * 18.0);
        vec3 disc = mix(srgb(0x9A0C1C) * 1.3, srgb(0xFF4A1E) * 8.0, sun_disc(angle, SUN_RADIUS));
        clear = mix(clear, dark * S_lit, bars * 0.6);
        clear += disc * inside * (1.0 - 0.62 * bars) * smoothstep(-0.004, 0.004, dir.z) * S_lit;
    }
    vec3 c = clouded(clear, cloud, dir);
    float below = smoothstep(0.0, 0.12, S_dissolve) * (1.0 - smoothstep(-0.30, 0.03, dir.z));
    c = mix(c, srgb(0x0B0A1C), below);
    color = vec4(c * (1.0 - S_afloat), 1.0);
}
