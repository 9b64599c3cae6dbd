#version 330
// Motes: each leaves its surface when that turns to dust, lifts, drifts, and becomes a star.
#pragma include "lib/atmosphere.glsl"
#pragma include "lib/dissolve.glsl"
uniform mat4 p3d_ProjectionMatrix;
uniform float u_share;  // above 1 where there are few motes: each shines for more
in vec4 p3d_Vertex;
in vec3 facing;
in vec3 tint;
in vec2 speck;  // phase, radius in metres
out vec4 v_color;  // premultiplied; alpha covers what is behind
out float v_disc;  // 0 a soft dot, 1 a lens's disc

const vec3 FLOATING = vec3(0.0, 0.0, 12.0);  // where the visitor's eye is, afterwards
const float SECONDS = 28.0;                  // that the whole dissolve takes,
const float DONE = 397.0;                    // and the story's second at which it is over
const float STAYING = 0.07;                   // share of the motes that never go far
const float SMALLEST = 1.25;                 // pixels across: smaller ones get fainter instead
const float WIDEST = 0.030;                  // of the picture's height, for the nearest

// Where a mote is `age` seconds after it left, still about the court.
vec3 drifting(vec3 rest, float phase, float age) {
    vec3 p = rest + facing * 0.22 * (1.0 - exp(-age * 0.9));
    float climb = age * age / (age + 2.5);
    p.z += climb * (0.16 + 0.62 * phase * phase);
    vec3 q = vec3(rest.xy * 0.16, rest.z * 0.22 - age * 0.05) + phase * 0.35;
    p += curl(q) * min(0.30 * age, 3.6) * (0.5 + phase);
    p += curl(q * 4.3 + 7.0) * min(0.10 * age, 0.7);
    p.xy += vec2(0.22, 0.07) * climb;
    return p;
}

// Its place among the stars: the way it lay from the middle, thrown to all heights.
vec3 far_place(vec3 rest, vec3 dice, float dust) {
    float around = atan(rest.y, rest.x) + (dice.x - 0.5) * 2.6;
    float high = dice.y * 2.0 - 1.0;
    // A few stay about the visitor as dust; the rest go where the eye takes them for stars.
    float reach = dust < STAYING ? 1.6 + 150.0 * dust : 20.0 + 180.0 * dust * dust;
    return FLOATING + vec3(vec2(cos(around), sin(around)) * sqrt(1.0 - high * high), high) * reach;
}

void main() {
    vec3 rest = p3d_Vertex.xyz;
    float past = dissolve_past(rest);
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    v_color = vec4(0.0);
    v_disc = 0.0;
    if (past <= 0.0) return;
    float phase = speck.x, age = past * SECONDS + max(S_story - DONE, 0.0);
    ivec3 self = ivec3(floatBitsToInt(rest.x), floatBitsToInt(rest.y), floatBitsToInt(phase));
    vec3 dice = vec3(hash(self), hash(self.yzx), hash(self.zxy));
    float dust = fract(dice.x * 7.0 + dice.y * 3.0);

    // From dust to star.
    float risen = smoothstep(0.0, 1.0, (S_afloat * 1.9 - 0.75 - 0.6 * dice.z) / 0.55);
    risen *= smoothstep(0.0, 5.0, age);
    vec3 p = drifting(rest, phase, age);
    vec3 star = far_place(rest, dice, dust);
    // Drawn together into veils, and slowly stirred.
    float far = smoothstep(8.0, 20.0, distance(star, FLOATING));
    star += far * curl((star - FLOATING) * 0.028) * 11.0;
    star += far * curl((star - FLOATING) * 0.075 + 3.0) * 4.0;
    star += curl(star * 0.05 + S_breath * 0.017) * 1.1;
    p = mix(p, star, risen * risen);
    p += curl(p * 0.4 + S_breath * 0.06) * 0.10 * min(age, 1.0) * (1.0 - risen);

    vec3 from = eye();
    float away = distance(from, p);
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);

    // Size: metres to pixels; what is very near goes soft and wide as in a lens.
    float focal = 0.5 * u_size.y * length(vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1]));
    float radius = min(speck.y, 0.006 + 0.0026 * away) * mix(1.0, 0.35 + 0.75 * dice.y, smoothstep(0.0, 2.5, age));
    radius *= mix(1.0, 0.55, smoothstep(3.0, 14.0, age));
    float sharp = 2.0 * radius * focal / max(away, 0.05);
    float blur = 0.02 * u_size.y * clamp(1.6 / max(away, 0.1) - 0.7, 0.0, 1.0);
    float across = min(sqrt(sharp * sharp + blur * blur), WIDEST * u_size.y);
    float spread = sharp * sharp / max(across * across, 1e-4);
    gl_PointSize = max(across, SMALLEST) * 1.5;
    float cover = min(across * across / (SMALLEST * SMALLEST), 1.0) * mix(1.0, spread, 0.8);
    v_disc = smoothstep(6.0, 14.0, across);

    // Light on the dust, in the colour that its surface had.
    float open = max(dot(facing, SUN_DIR), 0.0) * mix(1.0, 0.5, smoothstep(0.0, 3.0, age));
    vec3 ambient = mix(srgb(0x4B3A66), srgb(0x8C98C0), S_sky_light * 0.7) * (0.7 + 0.3 * facing.z);
    vec3 lit = tint * (ambient + vec3(2.6, 0.75, 0.5) * (0.25 + open) * (1.0 - 0.75 * S_sky_light)) * S_lit;
    float glow = exp(-age * 0.9) * 0.80 + 0.34 * smoothstep(0.5, 4.0, age) * (0.25 + 0.75 * dice.y * dice.y);
    glow *= mix(0.75, 1.0, smoothstep(0.01, 0.30, luminance(tint))) * mix(1.0, 0.45, smoothstep(6.0, 14.0, age));
    float twinkle = 0.75 + 0.25 * sin(S_breath * (0.7 + 1.5 * dice.x) + phase * 40.0);
    vec3 own = tint / max(luminance(tint), 0.02);
    own = max(mix(vec3(1.0, 0.95, 0.90), own, 1.25), 0.0);
    vec3 c = lit + mix(vec3(1.0, 0.80, 0.66), own, smoothstep(0.0, 1.5, age)) * glow * twinkle;
    c = mix(c, air(c, from, p), (1.0 - S_afloat) * (1.0 - risen));
    float solid = mix(0.92, 0.35, smoothstep(0.0, 7.0, age)) * (1.0 - risen);

    // As stars, few are bright.
    float rank = (0.012 + 1.5 * pow(dice.z, 60.0) + 0.07 * pow(dice.z, 6.0)) * u_share;
    float later = (1.0 - 0.55 * S_binary) * (1.0 - 0.75 * smoothstep(0.0, 400.0, S_dawn_count)) * (1.0 - S_last_dawn);
    vec3 hue = max(mix(vec3(1.0), own, 1.35), 0.0);
    vec3 as_star = hue * rank * twinkle * later;
    bool stays = dust < STAYING;
    float seen = smoothstep(0.12, 0.6, away);
    vec3 starry = stays ? hue * 0.24 * later * twinkle * cover / (1.0 + 1.5 * v_disc) : as_star;
    v_color = vec4(mix(c * cover, starry, risen), cover * solid) * seen;
    v_color.rgb *= mix(1.0 / (1.0 + 0.15 * v_disc), 1.0, risen);
    if (!stays) {
        float dot_ = clamp(SMALLEST * (1.15 + 1.6 * rank), 1.0, 5.0) * max(u_size.y / 900.0, 0.8);
        gl_PointSize = mix(gl_PointSize, dot_, risen);
        v_disc *= 1.0 - risen;
    }
    if (max(v_color.r, max(v_color.g, v_color.b)) < 0.002 && v_color.a < 0.004) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
