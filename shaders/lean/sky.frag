#version 330
// The sky for machines without a graphics card: one tear in the clouds, a plainer face of the sun.
#pragma include "../lib/atmosphere.glsl"
in vec3 v_dir;
out vec4 color;

void main() {
    vec3 dir = normalize(v_dir);
    float lift = max(dir.z, 0.0);
    vec2 torn = textureLod(u_clouds, dir.xy / (lift + 0.12) * 0.7 + vec2(S_breath * 0.0011, 0.0), 0.0).wz - 0.5;
    vec4 cloud = cloud_turns(vec3(dir.xy + torn * 0.010 * (0.3 + 2.0 * lift), lift), 1.0);
    float off = 1.0 - dot(dir, SUN_DIR);
    float across2 = 2.0 * off / (SUN_RADIUS * SUN_RADIUS);
    float face = max(1.0 - across2, 0.0);
    float bars = sun_bars(dir);
    float narrow = 1.0 / (1.0 + across2 * 0.30), wide = 1.0 / (1.0 + across2 * 0.030);
    vec3 clear = mix(sky_gradient(dir), srgb(0x401428) * S_lit, bars * 0.7);
    vec3 sun = mix(SUN_LIMB, SUN_CORE, face * face) * step(across2, 0.97) * (1.0 - 0.80 * bars);
    sun += SUN_AUREOLE * (narrow * narrow * 0.52 + wide * wide * 0.10) * (1.0 - 0.35 * bars);
    clear += sun * smoothstep(-0.004, 0.004, dir.z) * S_lit * (1.0 - 0.6 * S_sky_light);
    vec3 c = clouded(clear, cloud, dir, off);
    float below = smoothstep(0.0, 0.12, S_dissolve) * (1.0 - smoothstep(-0.30, 0.03, dir.z));
    c = mix(c, srgb(0x0B0A1C), below);
    color = vec4(c * (1.0 - S_afloat), 1.0);
}
