#version 330
// The crimson sun in a bruised-purple sky; far curtains of rain; the first stars.
#pragma include "lib/atmosphere.glsl"
in vec3 v_dir;
out vec4 color;

// Rain that hangs under the low clouds far away and drifts north.
vec3 rain_curtains(vec3 c, vec3 dir) {
    float azimuth = atan(dir.y, -dir.x);
    vec2 at = vec2(azimuth * 0.4775 - S_breath * 0.0011, dir.z * 0.25);
    float where = smoothstep(0.52, 0.78, texture(u_clouds, vec2(at.x, 0.31)).x);
    float slant = azimuth + dir.z * 0.55;
    float strands = texture(u_clouds, vec2(slant * 2.5465 - S_breath * 0.004, dir.z * 0.06)).z;
    float height = smoothstep(0.0, 0.02, dir.z) * (1.0 - smoothstep(0.06, 0.30, dir.z));
    float amount = S_rain * where * height * (0.35 + 0.65 * strands);
    float west = max(-dir.x, 0.0) * dir.x * dir.x;
    return mix(c, mix(srgb(0x6C5A80), srgb(0xA04A58), west * west) * 0.75, amount * 0.7);
}

void main() {
    vec3 dir = normalize(v_dir);
    vec3 c = sky(dir, 0.0);
    c = rain_curtains(c, dir);
    // Where the ground has gone there is night below, before it is night above.
    float below = smoothstep(0.0, 0.12, S_dissolve) * (1.0 - smoothstep(-0.30, 0.03, dir.z));
    c = mix(c, srgb(0x0B0A1C), below);
    color = vec4(c * (1.0 - S_afloat), 1.0);
}
