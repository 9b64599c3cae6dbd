#version 330
// A sphere of glass full of light; looked into, it shows what it remembers.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
#pragma include "lib/atmosphere.glsl"
#pragma include "lib/memories.glsl"
in vec2 v_corner;
in vec3 v_away;
in vec2 v_size;
in vec3 v_right;
in vec3 v_up;
out vec4 color;

const float GLASS = 1.45;  // its index of refraction
const float DIELECTRIC = 0.04;

float soft;  // half a pixel, in radii

// How far what is nearest in a memory is shifted against what is furthest: it is looked into.
vec2 parallax() {
    vec2 sway = vec2(sin(S_breath * 0.41), 0.6 * sin(S_breath * 0.33 + 1.0)) * 0.05;
    return sway + vec2(v_away.y, -v_away.z) * 0.10;
}

// What is remembered, through the glass: it bends more the nearer to the rim, and colours part there.
vec3 memory(vec2 at) {
    float m = clamp(S_memory, 1.0, 3.0) - 1.0, r = length(at);
    vec2 p = at * (0.94 + 0.05 * pow(r, 6.0) + 0.12 * pow(r, 16.0)), drift = parallax();
    vec2 fringe = FRINGE * at * pow(r, 5.0);
    int one = int(m), next = min(one + 1, 2);
    return mix(remembered(p, drift, one, fringe), remembered(p, drift, next, fringe), fract(m));
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
    return c + srgb(0xF2FAFF) * through * core * 4.6 * breath;
}

// What stands about the ball, roughly: the sky above, sunlit stone and mist below.
vec3 surroundings(vec3 dir) {
    vec3 above = sky_gradient(dir);
    float toward = max(dot(dir, SUN_DIR), 0.0);
    above += srgb(0xFF5A30) * S_lit * (0.35 * pow(toward, 5.0) + 2.2 * pow(toward, 60.0));
    vec3 below = mix(srgb(0xB06860), srgb(0x7A7498), 0.5 + 0.5 * dir.x) * 0.42 * S_lit + srgb(0xC8D0DA) * 0.20 * S_mist;
    // The palm beneath, and fingers that stand round it with the floor between them.
    float fingers = smoothstep(-0.35, 0.45, cos(5.0 * atan(dir.y, dir.x) + 0.6) - 2.2 * dir.z - 1.0);
    below = mix(below, mix(srgb(0x7A3A34), srgb(0xF0A888), smoothstep(-0.9, 0.2, dir.z)) * 0.45 * S_lit, fingers);
    return mix(below, above, smoothstep(-0.10, 0.10, dir.z)) * (1.0 - S_afloat);
}

// Where a ray that meets the ball leaves it: all that is about it, upside down and drawn to the rim.
vec3 seen_through(vec3 n, vec3 ahead) {
    vec3 into = refract(ahead, n, 1.0 / GLASS);
    vec3 leaves = n - 2.0 * dot(n, into) * into;
    vec3 away = refract(into, -leaves, GLASS);
    return surroundings(dot(away, away) > 0.0 ? away : reflect(into, -leaves));
}

// The ball about what it holds. Near the rim one looks through the glass alone; at a glance it
// mirrors. The evening sun and the sky lie on it, and what came through is thrown together on the
// far side.
vec3 glass(vec3 c, vec2 p, float r, float z, float seen) {
    vec3 n = v_right * p.x + v_up * p.y - v_away * z;
    vec2 way = p / max(r, 1e-3), sun = normalize(vec2(-0.62, 0.78));
    float glance = DIELECTRIC + (1.0 - DIELECTRIC) * pow(1.0 - z, 5.0);
    float shell = smoothstep(mix(0.72, 0.885, seen), mix(0.985, 1.01, seen), r);
    vec3 round = seen_through(n, v_away) * vec3(0.86, 0.95, 1.08) + srgb(0x5AA0E6) * mix(0.22, 0.10, seen);
    // What is held lies deep in the ball: the wall about it shades it, most below the light.
    float deep = smoothstep(0.35, 0.96, length(p + 0.10 * sun));
    c *= 1.0 - seen * 0.40 * deep;
    c = mix(c, mix(c * 0.35, round, 0.75), shell * mix(0.80, 0.92, seen));
    c = mix(c, surroundings(reflect(v_away, n)) * mix(1.25, 0.9, seen), glance);
    // Light that came in by the sun's side leaves by the other, in a crescent.
    float echo = exp(-pow((r - mix(0.885, 0.90, seen)) / mix(0.055, 0.045, seen), 2.0)) * smoothstep(0.05, 1.0, dot(way, -sun));
    c += mix(srgb(0xF2FAFF), srgb(0xFFD8C0), 0.5 * seen) * mix(0.55, 0.07, seen) * echo;
    float caustic = exp(-pow(length((p + 0.62 * sun) * vec2(1.0, 1.15)) / 0.26, 2.0));
    c += srgb(0xFFD8B8) * 0.10 * seen * caustic;
    // Before a memory the rim is dark, for there one looks through the most glass, but to the sun.
    c *= 1.0 - 0.58 * seen * smoothstep(0.90, 0.985, r) * (1.0 - 0.85 * smoothstep(0.35, 0.95, dot(way, sun)));
    // A hair of light at the very edge, brightest to the sky.
    float hair = smoothstep(1.0 - 0.030, 1.0, r) * mix(0.30 + 0.70 * smoothstep(-0.4, 1.0, dot(way, sun)), 2.4 * smoothstep(0.45, 1.0, dot(way, sun)), seen);
    c += mix(mix(srgb(0x9FD4FF), srgb(0xF2FAFF), 0.5), srgb(0xFFD8C0), 0.6 * seen) * mix(0.55, 0.20, seen) * hair;
    // The sky's soft window, bent to the ball, and in it the sun, small and hard.
    vec2 g = p - 0.74 * sun, across = vec2(dot(g, sun) + 0.55 * dot(g, g), dot(g, vec2(sun.y, -sun.x)));
    float window = exp(-dot(across * vec2(9.0, 2.6), across * vec2(9.0, 2.6)));
    vec2 spot = (p - 0.74 * sun) * mat2(sun.x, sun.y, sun.y, -sun.x);
    float disc = length(spot / vec2(0.030, 0.062)), hard = 1.0 - smoothstep(0.2, 1.0, disc);
    return c + srgb(0xDCE8FF) * mix(0.40, 0.06, seen) * window + srgb(0xFFE2D6) * seen * (1.5 * hard + 0.25 * exp(-disc * disc * 0.10));
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
    // It condenses from the middle outwards: a small dense nebula whose arms wind in; the glass comes last.
    float whole = smoothstep(0.80, 1.0, S_orb), edge = (1.0 - smoothstep(1.0 - soft, 1.0 + soft, r)) * there;
    if (whole < 1.0) {
        float wound = 2.1 * log(r + 0.22) + 0.45 * S_breath, turned = atan(p.y, p.x) + wound;
        vec2 at = vec2(cos(turned), sin(turned)) * r;
        float grain = smoothstep(0.25, 0.80, fbm(vec3(at * 3.1, S_breath * 0.22), 3));
        float arms = 0.5 + 0.5 * cos(2.0 * turned + 2.6 * (grain - 0.5));
        float dust = grain * (0.25 + 0.75 * arms), core = exp(-r * r * 13.0);
        float thick = (0.30 + 1.30 * dust) * exp(-r * r * 1.5) + core;
        vec3 nebula = mix(srgb(0x3F74D8), srgb(0xA6D6FF), smoothstep(0.1, 0.9, thick)) * (0.30 + 1.9 * thick * thick);
        nebula += srgb(0x8A6CD8) * 0.55 * arms * (1.0 - grain) * exp(-r * r * 3.0) + srgb(0xF2FAFF) * 2.2 * core * (0.7 + 0.3 * grain);
        float fades = 1.0 - smoothstep(0.35, 1.0, r);
        float made = smoothstep(0.0, 0.75, S_orb * 2.3 - r * (0.75 + 0.9 * grain));
        c = mix(nebula, c, whole);
        edge *= mix(made * fades * min(0.30 + 1.1 * thick, 1.0), 1.0, whole);
    }
    // Round its rim one sees through the glass to the hand that holds it.
    float through = smoothstep(0.66, 0.95, r) * mix(0.50, 0.05, seen) * (1.0 - smoothstep(0.97, 1.0, r));
    float body = mix(0.80 + 0.2 * pow(1.0 - z, 3.2), 1.0, max(seen, 0.5)) - through * (1.0 - smoothstep(-0.2, 0.75, p.y));
    color = vec4(c * edge, body * edge);
}
