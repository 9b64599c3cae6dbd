#version 330
// A sphere of glass full of light; looked into, it shows what it remembers.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
#pragma include "lib/people.glsl"
#pragma include "lib/dew.glsl"
in vec2 v_corner;
in vec3 v_away;
in vec2 v_size;
out vec4 color;

float soft;  // half a pixel, in radii

// How far what is nearest in a memory is shifted against what is furthest: it is looked into.
vec2 parallax() {
    vec2 sway = vec2(sin(S_breath * 0.41), 0.6 * sin(S_breath * 0.33 + 1.0)) * 0.05;
    return sway + vec2(v_away.y, -v_away.z) * 0.10;
}

// What is remembered, through the glass: it bends more the nearer to the rim.
vec3 memory(vec2 at) {
    float m = clamp(S_memory, 1.0, 3.0), r = length(at);
    vec2 p = at * (0.86 + 0.05 * r * r + 0.20 * pow(r, 8.0)), drift = parallax();
    vec3 c = vec3(0.0);
    if (m < 2.0) c += laugh(p, drift) * (2.0 - m);
    if (m > 1.0 && m < 3.0) c += dew(p, drift) * (1.0 - abs(m - 2.0));
    if (m > 2.0) c += touch(p, drift) * (m - 2.0);
    return c;
}

// Light that turns in the glass: threads in three dimensions, seen all the way through the ball.
vec3 swirl(vec2 p, float z) {
    const float STEPS = 9.0;
    float veil = 0.0, threads = 0.0, core = 0.0;
    for (float i = 0.0; i < STEPS; i += 1.0) {
        vec3 q = vec3(p, mix(z, -z, (i + 0.5) / STEPS));
        float r = length(q), turn = S_breath * 0.16 + 1.9 * (1.0 - r) + 0.5 * q.y;
        vec3 at = vec3(q.x * cos(turn) - q.z * sin(turn), 1.35 * q.y, q.x * sin(turn) + q.z * cos(turn));
        float warp = value_noise(at * 1.7 + vec3(0.0, S_breath * 0.07, 3.0));
        float mist = value_noise(at * 2.3 + 2.1 * warp - vec3(0.0, S_breath * 0.05, 0.0));
        float ridge = 1.0 - abs(2.0 * mist - 1.0);
        float there = 1.0 - smoothstep(0.55, 1.0, r);
        veil += mist * there;
        threads += pow(ridge, 9.0) * there * (0.4 + 0.6 * warp);
        core += exp(-r * r * 9.0);
    }
    float through = 2.0 * z / STEPS, breath = 0.80 + 0.35 * S_orb_pulse;
    vec3 c = srgb(0x5AA0E6) * (0.30 + 0.25 * z) + srgb(0x9FD4FF) * through * (0.75 * veil + 1.5 * threads);
    return c + srgb(0xF2FAFF) * through * core * 3.0 * breath;
}

// The ball about what it holds: thick and dark just within its rim, where one looks along the
// glass; outermost it gathers light. The evening sun and the sky lie on it, and what came through
// is thrown together on the far side.
vec3 glass(vec3 c, vec2 p, float r, float z, float seen) {
    float rim = pow(1.0 - z, 3.2);
    vec2 way = p / max(r, 1e-3), sun = normalize(vec2(-0.62, 0.78));
    float thick = smoothstep(0.60, 0.97, r);
    c *= 1.0 - mix(0.22 * smoothstep(0.62, 0.90, r), 0.72 * thick * thick, seen);
    c += seen * thick * (1.0 - rim) * srgb(0x3A5C9A) * 0.22;
    float shade = mix(0.9, 1.06, smoothstep(-0.8, 0.6, dot(p, sun)));
    c *= mix(1.0, shade, seen);
    vec3 edge = srgb(0x5AA0E6) * mix(0.85, 0.45, seen) + srgb(0xF2FAFF) * 0.8 * pow(rim, 2.5);
    c = mix(c, edge, clamp(rim * mix(1.1, 0.75, seen), 0.0, 1.0));
    // Light that came in by the sun's side leaves by the other, in a crescent.
    float echo = exp(-pow((r - mix(0.86, 0.915, seen)) / mix(0.07, 0.032, seen), 2.0)) * smoothstep(0.10, 1.0, dot(way, -sun));
    c += srgb(0xF2FAFF) * mix(0.50, 0.46, seen) * echo;
    // The sky's soft window, and in it the sun, small and hard.
    vec2 g = p - 0.66 * sun, across = vec2(dot(g, sun), dot(g, vec2(sun.y, -sun.x)));
    float sky = exp(-dot(across * vec2(7.5, 3.2), across * vec2(7.5, 3.2)));
    vec2 spot = (p - 0.70 * sun) * mat2(sun.x, sun.y, sun.y, -sun.x);
    float hard = 1.0 - smoothstep(0.6, 1.0, length(spot / vec2(0.030, 0.052)));
    return c + srgb(0xF2FAFF) * mix(0.45, 0.16, seen) * sky + srgb(0xFFD8CC) * 1.6 * seen * hard;
}

void main() {
    vec2 p = v_corner;
    float r = length(p);
    soft = clamp(0.7 / v_size.y, 0.004, 0.5);
    if (r > 1.0 + soft) discard;
    float z = sqrt(max(1.0 - r * r, 0.0));
    float there = smoothstep(0.0, 0.6, S_orb) * (1.0 - smoothstep(0.93, 1.0, S_orb_flight));
    float seen = S_memory_glow * step(0.001, S_memory);
    vec3 c = 1.25 * swirl(p, z);
    if (seen > 0.0) {
        vec3 light = c;  // which goes on turning before what is remembered
        c = mix(c, memory(p) * (0.95 + 0.08 * S_orb_pulse) + light * 0.025, seen);
    }
    c = glass(c, p, r, z, seen);
    // On its way to the stars it is a point of light.
    c = mix(c, srgb(0xDCEEFF) * 4.0, smoothstep(0.1, 0.4, S_orb_flight));
    // It condenses from the middle outwards, in wisps; the glass comes last.
    float grain = fbm(vec3(p * 2.6, S_breath * 0.35), 2);
    float whole = smoothstep(0.80, 1.0, S_orb);
    float made = smoothstep(0.0, 0.75, S_orb * 2.3 - r * (0.75 + 0.9 * grain));
    c *= mix(vec3(1.0), mix(srgb(0x9FD4FF), vec3(1.25), exp(-r * r * 5.0)), 1.0 - whole);
    float edge = (1.0 - smoothstep(1.0 - soft, 1.0 + soft, r)) * there * mix(made * (1.0 - r * r), 1.0, whole);
    // Below, one sees through the glass to the palm that holds it.
    float clear = 0.38 * smoothstep(0.84, 0.97, r) * (1.0 - smoothstep(-0.7, 0.3, p.y));
    float body = mix(0.80 + 0.2 * pow(1.0 - z, 3.2), 1.0 - clear, seen);
    if (edge < mix(0.06, 0.35, whole)) discard;  // it writes depth
    color = vec4(c * edge, body * edge);
}
