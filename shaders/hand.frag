#version 330
// The visitor's own skin, nails and torn sleeve.
#pragma include "lib/light.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec2 v_kind;
out vec4 color;

void main() {
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    Surface s;
    s.normal = normalize(v_normal);
    if (v_kind.x > 1.5 && !gl_FrontFacing) s.normal = -s.normal;
    s.ao = v_kind.y;
    s.glow = vec3(0.0);
    if (v_kind.x > 1.5) {
        float warp = value_noise(v_rest * vec3(420.0, 90.0, 420.0));
        float weft = value_noise(v_rest * vec3(110.0, 520.0, 110.0));
        s.normal = normalize(s.normal + 0.28 * (vec3(warp, weft, 0.5) - 0.5));
        // Deep folds would read as scales in flat shade: the cloth is held a little smoother.
        s.normal = normalize(s.normal + 0.8 * v);
        s.ao = mix(1.0, s.ao, 0.55);
        s.albedo = srgb(0x4A3E4C) * (0.65 + 0.5 * warp * weft + 0.35 * value_noise(v_rest * 40.0));
        s.roughness = 0.88;
        s.thin = 0.12;
    } else {
        float mottle = fbm(v_rest * 70.0, 3);
        vec3 c = srgb(0xB59C90) * 0.80 * (0.84 + 0.26 * mottle);
        float palm = (1.0 - smoothstep(-0.6, 0.2, v_rest.z * 40.0));
        c = mix(c, srgb(0xC08C84), 0.22 * palm);
        // Blood shows at knuckles and fingertips, veins on the back.
        float tips = smoothstep(0.10, 0.17, v_rest.y);
        c = mix(c, srgb(0xB8776E), 0.20 * tips);
        float line = abs(v_rest.x * 60.0 + 1.2 * sin(v_rest.y * 42.0) + 3.0 * (mottle - 0.5));
        float vein = exp(-pow(fract(line) - 0.5, 2.0) * 90.0) * step(0.0, v_rest.z);
        c = mix(c, srgb(0x84788A), 0.22 * vein * (1.0 - smoothstep(0.03, 0.085, v_rest.y)));
        float pores = value_noise(v_rest * 900.0) - 0.5;
        s.normal = normalize(s.normal + 0.10 * vec3(pores, value_noise(v_rest * 1100.0) - 0.5, 0.0));
        float nail = smoothstep(0.35, 0.65, v_kind.x);
        s.albedo = mix(c, srgb(0xC2A49C), nail) * (1.0 + 0.05 * pores);
        s.roughness = mix(0.50 + 0.1 * mottle, 0.26, nail);
        s.thin = 0.20;
    }
    color = vec4(light(s, v_point, from), 1.0);
}
