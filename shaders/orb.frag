#version 330
// A sphere of glass full of light; looked into, it shows what it remembers.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
uniform sampler2D u_memories;  // signed distances: laugh, then touch; skin, hair, lines, fourth
in vec2 v_corner;
in vec3 v_away;
in vec2 v_size;
out vec4 color;

float soft;  // half a pixel, in radii

float cover(float d) { return (1.0 - smoothstep(-soft, soft, d)); }

// A place in the disc, through the glass: nearer layers (depth > 0) move against the view.
vec2 layer(vec2 p, float depth) {
    vec2 drift = vec2(sin(S_breath * 0.41), 0.6 * sin(S_breath * 0.33 + 1.0)) * 0.03;
    drift += vec2(v_away.y, -v_away.z) * 0.08;
    return p * (0.97 - 0.07 * dot(p, p)) * (1.0 - 0.06 * depth) - drift * depth;
}

vec4 distances(vec2 p, float which) {
    vec2 uv = clamp(p * 0.5 + 0.5, 0.004, 0.996);
    return texture(u_memories, vec2((uv.x + which) * 0.5, uv.y));
}

// The normal of a relief whose edges are round over `width`.
vec3 relief(vec2 p, float which, int channel, float width) {
    const float h = 0.012;
    float d = distances(p, which)[channel];
    vec2 slope = vec2(distances(p + vec2(h, 0.0), which)[channel] - distances(p - vec2(h, 0.0), which)[channel],
                      distances(p + vec2(0.0, h), which)[channel] - distances(p - vec2(0.0, h), which)[channel]) / (2.0 * h);
    float t = clamp(1.0 + d / width, 0.0, 1.0);
    return normalize(vec3(slope * t, sqrt(max(1.0 - t * t, 0.0)) + 0.15));
}

// Two who laugh, and the summer between them.
vec3 laugh(vec2 at) {
    vec2 b = layer(at, -0.6);
    float glow = exp(-dot(b - vec2(0.0, 0.08), b - vec2(0.0, 0.08)) * 2.6);
    vec3 c = mix(srgb(0xE08A4C) * 0.7, srgb(0xFFE9B0) * 1.5, glow);
    for (float i = 0.0; i < 9.0; i += 1.0) {  // out-of-focus leaves and sun
        vec3 r = hash3(i + 31.0);
        vec2 q = b - (r.xy * 2.0 - 1.0) * vec2(0.9, 0.75) - 0.02 * vec2(sin(S_breath * 0.3 + i), 0.0);
        c += srgb(0xFFD080) * 0.16 * (1.0 - smoothstep(-0.02, 0.02, length(q) - 0.08 - 0.09 * r.z));
    }
    vec2 p = layer(at, 0.4) + vec2(0.0, 0.008 * sin(S_breath * 5.2) * smoothstep(0.0, 0.3, abs(at.x)));
    vec4 d = distances(p, 0.0);
    vec3 to = normalize(vec3(-p.x * 1.4, 0.15 - p.y * 0.4, 0.55));
    float lit = max(dot(relief(p, 0.0, 0, 0.16), to), 0.0);
    vec3 skin = srgb(0xC87258) * (0.25 + 0.95 * lit) + srgb(0xFFC890) * 0.30 * pow(lit, 5.0);
    c = mix(c, skin, cover(d.x));
    c = mix(c, vec3(1.25, 1.18, 1.05), cover(d.w));
    float wisp = value_noise(vec3(p * vec2(26.0, 11.0), 3.0));
    float shine = max(dot(relief(p, 0.0, 1, 0.13), to), 0.0);
    vec3 hair = srgb(p.x < 0.0 ? 0x2A1A1C : 0x4E2216) * (0.5 + 0.7 * wisp + 2.4 * shine * shine * shine);
    c = mix(c, hair, cover(d.y));
    return mix(c, srgb(0x35120F) * 0.7, 0.92 * cover(d.z) * cover(d.x - 0.01));
}

vec2 bend(float t) {
    const vec2 a = vec2(-1.05, -0.85), b = vec2(-0.20, 1.10), c = vec2(0.80, -0.22);
    return mix(mix(a, b, t), mix(b, c, t), t);
}

vec3 sunrise(vec2 p) {
    vec3 c = mix(srgb(0xFFB070), srgb(0x7FB4E8) * 0.7, smoothstep(-0.35, 0.75, p.y));
    c = mix(c, srgb(0x3C6A50) * 0.55, (1.0 - smoothstep(-0.55, -0.28, p.y + 0.06 * sin(p.x * 5.0))));
    vec2 s = p - vec2(-0.34, -0.12);
    return c * 0.95 + srgb(0xFFE0A0) * (1.5 * (1.0 - smoothstep(0.15, 0.20, length(s))) + 0.55 * exp(-dot(s, s) * 4.0));
}

float star(vec2 q, float size) {
    q = abs(q) / size;
    return exp(-q.x * 1.7 - q.y * q.y * 120.0) + exp(-q.y * 1.7 - q.x * q.x * 120.0) + 1.2 * exp(-dot(q, q) * 9.0);
}

// A drop: a small lens that turns the sunrise upside down.
vec3 drop(vec3 c, vec2 p, vec2 at, float radius, float phase) {
    vec2 q = (p - at) / radius;
    float r = length(q), z = sqrt(max(1.0 - r * r, 0.0));
    vec3 inside = sunrise(-q * 0.62 + vec2(-0.1, 0.05)) * (0.55 + 0.55 * z);
    inside *= 1.0 - 0.75 * smoothstep(0.78, 1.0, r);
    inside += srgb(0xFFF2D0) * 1.3 * (1.0 - smoothstep(0.0, 0.30, length(q - vec2(0.34, -0.48))));
    inside += vec3(1.5) * (1.0 - smoothstep(0.10, 0.17, length(q - vec2(-0.36, 0.42))));
    inside += srgb(0xBFE4FF) * 0.7 * smoothstep(0.86, 0.95, r) * max(-q.y, 0.0);
    c *= 1.0 - 0.45 * (1.0 - smoothstep(0.9, 1.35, length(q - vec2(0.12, -0.16))));  // its shadow
    c = mix(c, inside, cover((r - 1.0) * radius));
    float twinkle = pow(0.5 + 0.5 * sin(S_breath * 1.3 + phase), 3.0);
    return c + srgb(0xFFF6E0) * 1.7 * (0.35 + twinkle) * star(q - vec2(-0.36, 0.42), 0.75) * step(0.1, radius);
}

// Dew on a blade of grass at sunrise.
vec3 dew(vec2 at) {
    vec2 b = layer(at, -0.6), p = layer(at, 0.4);
    p.y += 0.012 * sin(S_breath * 0.9) * (p.x + 1.0);
    vec3 c = sunrise(b);
    for (float i = 0.0; i < 4.0; i += 1.0) {  // other blades, far and blurred
        float lean = p.x - (i - 1.6) * 0.42 - 0.22 * (b.y + 1.0) * (b.y + 1.0) * (hash(i) - 0.4);
        c = mix(c, srgb(0x3E7048) * 0.6, 0.55 * (1.0 - smoothstep(0.0, 0.07, abs(lean))) * (1.0 - smoothstep(-0.3, 0.35, b.y)));
    }
    float nearest = 9.0, along = 0.0;
    for (float i = 0.0; i < 28.0; i += 1.0) {
        vec2 s = bend(i / 28.0), e = bend((i + 1.0) / 28.0) - s;
        float t = clamp(dot(p - s, e) / dot(e, e), 0.0, 1.0), gap = length(p - s - t * e);
        if (gap < nearest) { nearest = gap; along = (i + t) / 28.0; }
    }
    float width = 0.125 * pow(1.0 - along, 0.55) + 0.012;
    vec2 spine = bend(along);
    float over = (p.y - spine.y) / width;
    vec3 green = mix(srgb(0x1E4A20), srgb(0x8FCB4A), smoothstep(-1.0, 1.0, over)) * 0.85;
    green += srgb(0xFFE89A) * 0.55 * smoothstep(0.6, 1.0, over) - 0.05 * (1.0 - smoothstep(0.0, 0.12, abs(over)));
    c = mix(c, green, cover(nearest - width));
    c = drop(c, p, bend(0.17) + vec2(-0.02, 0.10), 0.125, 1.0);
    c = drop(c, p, bend(0.33) + vec2(0.0, 0.15), 0.185, 2.6);
    c = drop(c, p, bend(0.46) + vec2(0.0, 0.10), 0.085, 0.0);
    c = drop(c, p, bend(0.59) + vec2(0.02, 0.13), 0.155, 4.1);
    c = drop(c, p, bend(0.74) + vec2(0.02, 0.08), 0.09, 0.0);
    return drop(c, p, bend(0.95) + vec2(-0.02, -0.22), 0.20, 5.4);
}

// A hand on a cheek, in evening blue.
vec3 touch(vec2 at) {
    vec2 b = layer(at, -0.6), p = layer(at, 0.4), g = layer(at, 0.7);
    vec3 c = mix(srgb(0x23406E) * 0.55, srgb(0x9CC4E8) * 0.75, exp(-dot(b - vec2(0.5, 0.25), b - vec2(0.5, 0.25)) * 1.8));
    vec4 d = distances(p, 1.0);
    vec3 to = normalize(vec3(0.75, 0.35, 0.55));
    float lit = max(dot(relief(p, 1.0, 0, 0.22), to), 0.0);
    vec3 skin = mix(srgb(0x5E4A70) * 0.55, srgb(0xE09A80) * 0.95, lit) + srgb(0xFFD8B8) * 0.25 * pow(lit, 6.0);
    vec2 blush = p - vec2(0.10, 0.02);
    skin += srgb(0xD0503C) * 0.14 * exp(-dot(blush, blush) * 18.0);
    c = mix(c, skin, cover(d.x));
    float wisp = value_noise(vec3(p * vec2(30.0, 5.0), 7.0));
    float shine = max(dot(relief(p, 1.0, 1, 0.2), to), 0.0);
    c = mix(c, srgb(0x241C34) * (0.5 + 0.8 * wisp + 2.0 * shine * shine), cover(d.y));
    float hand = distances(g, 1.0).w;
    c *= 1.0 - 0.5 * (1.0 - smoothstep(-0.02, 0.09, distances(g + vec2(-0.035, 0.03), 1.0).w)) * cover(min(d.x, d.y));
    c = mix(c, srgb(0x2C1420) * 0.6, 0.9 * cover(d.z) * cover(d.x - 0.01) * (1.0 - cover(hand)));
    float glow = max(dot(relief(g, 1.0, 3, 0.075), normalize(vec3(0.35, 0.75, 0.5))), 0.0);
    vec3 palm = mix(srgb(0xA4543C) * 0.70, srgb(0xFFC9A0) * 1.12, glow);
    c = mix(c, palm, cover(hand));
    return mix(c, srgb(0x4A1E14) * 0.6, 0.85 * cover(distances(g, 1.0).z) * cover(hand));
}

vec3 memory(vec2 p) {
    float m = clamp(S_memory, 1.0, 3.0);
    vec3 c = vec3(0.0);
    if (m < 2.0) c += laugh(p) * (2.0 - m);
    if (m > 1.0 && m < 3.0) c += dew(p) * (1.0 - abs(m - 2.0));
    if (m > 2.0) c += touch(p) * (m - 2.0);
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

void main() {
    vec2 p = v_corner;
    float r = length(p);
    soft = clamp(0.7 / v_size.y, 0.004, 0.5);
    if (r > 1.0 + soft) discard;
    float z = sqrt(max(1.0 - r * r, 0.0));
    float there = smoothstep(0.0, 0.6, S_orb) * (1.0 - smoothstep(0.93, 1.0, S_orb_flight));
    float seen = S_memory_glow * step(0.001, S_memory);
    vec3 c = swirl(p, z);
    if (seen > 0.0) c = mix(c, memory(p) * (0.95 + 0.08 * S_orb_pulse), seen);
    // The glass: deeper just within its rim, where one looks along it; the rim gathers light. A
    // gleam of the sky above, and the light's own echo where the far wall throws it together.
    float rim = pow(1.0 - z, 3.2);
    vec2 way = p / max(r, 1e-3);
    c *= 1.0 - 0.22 * smoothstep(0.62, 0.90, r) * (1.0 - seen);
    c = mix(c, srgb(0x5AA0E6) * 0.85 + srgb(0xF2FAFF) * 0.8 * pow(rim, 2.5), clamp(rim * 1.1, 0.0, 1.0));
    float gleam = exp(-dot((p - vec2(-0.40, 0.52)) * vec2(3.6, 5.2), (p - vec2(-0.40, 0.52)) * vec2(3.6, 5.2)));
    float echo = exp(-pow((r - 0.80) / 0.10, 2.0)) * smoothstep(0.35, 1.0, dot(way, normalize(vec2(0.5, -0.87))));
    c += srgb(0xF2FAFF) * (mix(0.45, 0.35, seen) * gleam + mix(0.50, 0.2, seen) * echo);
    // On its way to the stars it is a point of light.
    c = mix(c, srgb(0xDCEEFF) * 4.0, smoothstep(0.1, 0.4, S_orb_flight));
    // It condenses from the middle outwards, in wisps; the glass comes last.
    float grain = fbm(vec3(p * 2.6, S_breath * 0.35), 2);
    float glass = smoothstep(0.80, 1.0, S_orb);
    float made = smoothstep(0.0, 0.75, S_orb * 2.3 - r * (0.75 + 0.9 * grain));
    c *= mix(vec3(1.0), mix(srgb(0x9FD4FF), vec3(1.25), exp(-r * r * 5.0)), 1.0 - glass);
    float edge = (1.0 - smoothstep(1.0 - soft, 1.0 + soft, r)) * there * mix(made * (1.0 - r * r), 1.0, glass);
    float body = mix(0.80 + 0.2 * rim, 1.0, seen);
    if (edge < 0.06) discard;  // it writes depth
    color = vec4(c * edge, body * edge);
}
