#version 330
// Cold skin, frosted eyes, a thin torn shift.
#pragma include "lib/light.glsl"
#pragma include "lib/dissolve.glsl"
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec2 v_kind;
uniform mat4 u_to_head;
out vec4 color;

// Hair on the skull, 0 to 1, at head space in centimetres; the twin of `scalp` in models/fallen.py.
float grown(vec3 h) {
    vec3 away = normalize(h - vec3(0.0, -0.8, 2.0));
    float turn = atan(h.x, h.z - 2.0);
    float strands = value_noise(vec3(turn * 120.0, h.y * 0.5, 3.0)) - 0.5;
    float broad = value_noise(vec3(turn * 9.0, 1.0, 3.0)) - 0.5;
    float edge = 0.80 * away.y - 0.75 * away.z + 0.035 * strands + 0.07 * broad;
    return (0.35 * (1.0 - smoothstep(0.34, 0.47, edge)) + 0.6 * (1.0 - smoothstep(0.24, 0.40, edge)))
        * smoothstep(-9.5, -7.0, h.z);
}

vec3 skin(inout Surface s, vec3 h) {
    bool head = h.z > -12.0 && length(h) < 16.0;
    float mottle = fbm(v_rest * 21.0, 3);
    vec3 c = srgb(0xC9C2CC) * (0.86 + 0.22 * mottle);
    // Blood that has left the surface: blue in the hollows, violet where the body lies.
    float vein = 1.0 - abs(2.0 * value_noise(v_rest * vec3(34.0, 19.0, 34.0) + mottle * 3.0) - 1.0);
    c = mix(c, srgb(0x9C9BB8), 0.16 * smoothstep(0.82, 1.0, vein));
    c = mix(c, srgb(0x8A6F8C), 0.50 * (1.0 - smoothstep(0.0, 0.055, v_rest.z)) * smoothstep(0.3, 0.7, mottle + 0.15));
    float bruise = value_noise(v_rest * 5.2 + 7.0) * 0.75 + 0.25 * value_noise(v_rest * 17.0);
    c = mix(c, srgb(0x77607F), (head ? 0.15 : 0.48) * smoothstep(0.64, 0.84, bruise));
    float dust = smoothstep(0.50, 0.78, fbm(v_rest * 9.0 + 3.0, 3)) * (1.0 - smoothstep(0.0, 0.5, v_rest.z));
    c = mix(c, srgb(0x6E6678), 0.30 * dust * (head ? 0.3 : 1.0));
    s.roughness = 0.46 + 0.12 * mottle;
    s.thin = 0.32;
    if (!head) return c;
    vec2 rim = vec2(abs(h.x) - 3.1, h.z + 0.1);
    c = mix(c, srgb(0x9A869E), 0.62 * exp(-dot(rim * vec2(0.42, 0.62), rim)) * smoothstep(4.0, 6.5, h.y));
    float x = abs(h.x);
    float tall = (h.z > -6.42 ? 0.60 : 0.78) * sqrt(max(1.0 - x * x / 6.6, 0.0));
    float lips = (1.0 - smoothstep(-0.10, 0.12, abs(h.z + 6.42) - tall)) * smoothstep(7.2, 7.9, h.y);
    c = mix(c, srgb(0x8F7F92) * (0.9 + 0.2 * mottle), 0.85 * lips);
    s.roughness = mix(s.roughness, 0.36, lips);
    float seam = exp(-pow((h.z + 6.44 + 0.03 * x * x) / 0.07, 2.0)) * (1.0 - smoothstep(1.9, 2.5, x)) * step(7.2, h.y);
    c *= 1.0 - 0.6 * seam;
    vec2 arch = vec2(x - 3.0, h.z - 2.05 + 0.08 * (x - 2.4) * (x - 2.4));
    float brow = exp(-pow(arch.y / 0.26, 2.0)) * (1.0 - smoothstep(1.4, 2.4, abs(arch.x))) * step(5.0, h.y);
    c *= 1.0 - 0.72 * brow * (0.55 + 0.45 * value_noise(h * vec3(11.0, 6.0, 7.0)));
    float hair = grown(h);
    float strand = value_noise(vec3(atan(h.x, h.z - 2.0) * 60.0, h.y * 1.1, length(h) * 2.0));
    c = mix(c, srgb(0x231A1B) * (0.5 + 1.0 * strand), hair);
    s.thin *= 1.0 - hair;
    s.roughness = mix(s.roughness, 0.6, hair);
    return c;
}

// Eyes that see nothing: a pale iris under a glaze, frost growing inwards from the rim.
vec3 eyeball(inout Surface s, vec3 h, vec3 v) {
    vec3 middle = vec3(h.x < 0.0 ? -3.12 : 3.12, 6.5, 0.0);
    vec3 d = normalize(h - middle);
    vec3 gaze = normalize(vec3(0.05, 1.0, 0.10));
    float off = acos(clamp(dot(d, gaze), -1.0, 1.0));
    float turn = atan(d.z - gaze.z, d.x - gaze.x);
    float fibre = value_noise(vec3(turn * 9.0, off * 5.0, 1.0));
    vec3 white = srgb(0xBDB8C6) * (0.9 + 0.1 * value_noise(h * 7.0));
    vec3 iris = mix(srgb(0x76839A), srgb(0xA9B6C8), smoothstep(0.15, 0.40, off + 0.1 * fibre));
    iris = mix(iris, srgb(0x5D6880), smoothstep(0.40, 0.47, off));
    vec3 c = mix(iris, white, smoothstep(0.45, 0.55, off));
    c = mix(srgb(0x596273), c, smoothstep(0.12, 0.20, off));
    float crystal = abs(value_noise(vec3(turn * 5.0, off * 9.0, 4.0)) - 0.5) * 2.0;
    float frost = smoothstep(0.10, 0.62, off + 0.25 * (crystal - 0.5)) * (0.45 + 0.55 * value_noise(h * 31.0));
    c = mix(c, srgb(0xD9DFEA), 0.42 * frost);
    c = mix(c, srgb(0xC4CCDA), 0.32);
    s.roughness = mix(0.13, 0.34, frost);
    float grazing = 0.05 + 0.7 * pow(1.0 - max(dot(s.normal, v), 0.0), 4.0);
    s.glow = sky_gradient(reflect(-v, s.normal)) * grazing * 1.3;
    s.thin = 0.2;
    return c * 0.92;
}

vec3 shift(inout Surface s, vec3 v, float range) {
    float fine = (1.0 - smoothstep(1.2, 5.0, range));
    float warp = value_noise(v_rest * vec3(520.0, 160.0, 520.0));
    float weft = value_noise(v_rest * vec3(150.0, 620.0, 150.0));
    s.normal = normalize(s.normal + fine * 0.16 * (vec3(warp, weft, 0.5) - 0.5));
    vec3 c = srgb(0xD2C6B8) * 0.66 * (0.82 + 0.12 * fine * (warp + weft - 1.0) + 0.20 * fbm(v_rest * 7.0, 3));
    // Thin: where it is seen straight on, the skin is seen through it.
    float facing = max(dot(s.normal, v), 0.0);
    c = mix(c, srgb(0xC8B4B4) * 0.66, 0.16 * facing * facing * s.ao);
    s.ao = pow(s.ao, 1.6);
    float damp = smoothstep(0.42, 0.66, fbm(v_rest * 4.0 + 11.0, 3));
    c *= 1.0 - 0.30 * damp;
    float dust = (1.0 - smoothstep(0.0, 0.075, v_rest.z + 0.05 * (value_noise(v_rest * 19.0) - 0.5)));
    c = mix(c, srgb(0x5F5868), 0.62 * dust);
    s.roughness = 0.78 - 0.2 * damp;
    s.thin = 0.30 * (1.0 - 0.6 * dust);
    return c;
}

void main() {
    dissolve_discard(v_rest);
    if (v_point.z < u_clip) discard;
    vec3 from = eye();
    vec3 v = normalize(from - v_point);
    vec3 h = (u_to_head * vec4(v_rest, 1.0)).xyz * 100.0;
    Surface s;
    s.normal = normalize(v_normal);
    if (v_kind.x < 0.5 && dot(s.normal, v) < -0.1) s.normal = -s.normal;
    s.ao = v_kind.y * mix(0.35, 1.0, smoothstep(0.0, 0.035, v_rest.z + 0.02 * s.normal.z));
    s.glow = vec3(0.0);
    if (v_kind.x < 0.5) {
        s.albedo = shift(s, v, length(from - v_point));
    } else {
        float ball = smoothstep(1.4, 1.6, v_kind.x);
        vec3 flesh = skin(s, h);
        vec2 waxy = vec2(s.roughness, s.thin);
        vec3 wet = ball > 0.0 ? eyeball(s, h, v) : flesh;
        s.roughness = mix(waxy.x, s.roughness, ball);
        s.thin = mix(waxy.y, s.thin, ball);
        s.glow *= ball;
        s.albedo = mix(flesh, wet, ball);
        // Light that goes in cold comes out of thin skin a little warm.
        float edge = pow(1.0 - max(dot(s.normal, v), 0.0), 3.0);
        s.albedo = mix(s.albedo, s.albedo * vec3(1.06, 0.95, 1.04), edge * (1.0 - ball));
    }
    vec3 c = light(s, v_point, from);
    color = vec4(air(c, from, v_point) + dissolve_edge(v_rest), 1.0);
}
