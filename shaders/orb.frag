#version 330
// A sphere of glass full of light; looked into, it shows what it remembers.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
uniform sampler2D u_memories;  // signed distances: laugh, then touch; skin, hair, lines, fourth
uniform sampler2D u_caress;    // the hand on the cheek: normal, open sky, where it is
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

// A figure before the light: dark, with the light wrapping round its edge and a breath of colour
// where it is turned to it. `d` is the distance to its own outline, `outer` to the whole figure's,
// `lit` how far it is turned.
vec3 before_light(vec3 c, float d, float outer, float lit, vec3 dark, vec3 warm, vec3 glow) {
    float there = 1.0 - smoothstep(-0.022, 0.012, d);
    float edge = exp(min(outer, 0.0) * 30.0);
    vec3 own = mix(dark, warm, lit * lit) + glow * edge * (0.10 + 0.75 * lit);
    return mix(c, own, there);
}

// Two who laugh, and the summer between them.
vec3 laugh(vec2 at) {
    vec2 b = layer(at, -0.6);
    float glow = exp(-dot(b - vec2(0.0, 0.05), b - vec2(0.0, 0.05)) * 3.2);
    vec3 c = mix(srgb(0xC8642F) * 0.65, srgb(0xFFE2A8) * 1.8, glow);
    for (float i = 0.0; i < 11.0; i += 1.0) {  // out-of-focus leaves and sun
        vec3 r = hash3(i + 31.0);
        vec2 q = b - (r.xy * 2.0 - 1.0) * vec2(0.95, 0.85) - 0.02 * vec2(sin(S_breath * 0.3 + i), 0.0);
        float wide = 0.05 + 0.12 * r.z;
        c += srgb(0xFFC070) * 0.13 * (1.0 - smoothstep(0.6 * wide, wide, length(q)));
    }
    vec2 p = layer(at, 0.4) + vec2(0.0, 0.008 * sin(S_breath * 5.2) * smoothstep(0.0, 0.3, abs(at.x)));
    vec4 d = distances(p, 0.0);
    float outer = min(d.x, d.y);
    vec3 to = normalize(vec3(-p.x * 1.8, 0.12 - p.y * 0.5, 0.22));
    float lit = max((dot(relief(p, 0.0, 0, 0.20), to) + 0.9) / 1.9, 0.0);
    c = before_light(c, d.x, outer, lit, srgb(0x5A2618) * 0.55, srgb(0xE08A58) * 0.95, srgb(0xFFD090));
    c = mix(c, srgb(0xFFF0D8) * 1.7, 0.8 * cover(d.w));
    c *= 1.0 - 0.30 * (1.0 - smoothstep(-0.012, 0.016, d.z)) * cover(d.x - 0.01);
    float wisp = value_noise(vec3(p * vec2(26.0, 11.0), 3.0));
    float shine = max(dot(relief(p, 0.0, 1, 0.13), to), 0.0);
    vec3 hair = srgb(p.x < 0.0 ? 0x1C0F10 : 0x331510) * 0.55 * (0.6 + 0.6 * wisp);
    return before_light(c, d.y, outer, shine, hair, srgb(0x8A4424) * (0.4 + 0.9 * wisp), srgb(0xFFC880));
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
    vec2 spark = q - vec2(-0.36, 0.42);
    return c + srgb(0xFFF6E0) * (0.25 + 0.9 * twinkle) * exp(-dot(spark, spark) * 5.0) * step(0.1, radius);
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
    float width = 0.095 * pow(1.0 - along, 0.55) + 0.012;
    vec2 spine = bend(along);
    float over = (p.y - spine.y) / width;
    vec3 green = mix(srgb(0x1B3A24), srgb(0x86A856), smoothstep(-1.0, 1.0, over)) * 0.75;
    green += srgb(0xFFE89A) * 0.55 * smoothstep(0.6, 1.0, over) - 0.05 * (1.0 - smoothstep(0.0, 0.12, abs(over)));
    c = mix(c, green, cover(nearest - width));
    c = drop(c, p, bend(0.17) + vec2(-0.02, 0.08), 0.105, 1.0);
    c = drop(c, p, bend(0.33) + vec2(0.0, 0.11), 0.150, 2.6);
    c = drop(c, p, bend(0.46) + vec2(0.0, 0.07), 0.060, 0.0);
    c = drop(c, p, bend(0.59) + vec2(0.02, 0.09), 0.115, 4.1);
    c = drop(c, p, bend(0.74) + vec2(0.02, 0.05), 0.065, 0.0);
    return drop(c, p, bend(0.95) + vec2(-0.02, -0.20), 0.185, 5.4);
}

// A hand on a cheek, in evening blue.
vec3 touch(vec2 at) {
    vec2 b = layer(at, -0.6), p = layer(at, 0.4), g = layer(at, 0.6);
    vec3 c = mix(srgb(0x1C3460) * 0.5, srgb(0xA8CCEC) * 0.85, exp(-dot(b - vec2(0.55, 0.25), b - vec2(0.55, 0.25)) * 1.6));
    vec4 d = distances(p, 1.0);
    float outer = min(d.x, d.y);
    vec3 to = normalize(vec3(0.85, 0.25, 0.30));
    float lit = max(dot(relief(p, 1.0, 0, 0.24), to), 0.0);
    vec3 hand = texture(u_caress, g * 0.5 + 0.5).rgb;
    float there = smoothstep(0.35, 0.65, texture(u_caress, g * 0.5 + 0.5).a);
    c = before_light(c, d.x, outer, lit, srgb(0x3A2C48) * 0.55, srgb(0xB87868) * 0.75, srgb(0xC8DCF4));
    vec2 blush = p - vec2(0.10, -0.02);
    c += srgb(0xD0503C) * 0.10 * exp(-dot(blush, blush) * 14.0) * cover(d.x);
    c *= 1.0 - 0.45 * (1.0 - smoothstep(-0.010, 0.012, d.z)) * cover(d.x - 0.01);
    float wisp = value_noise(vec3(p * vec2(30.0, 5.0), 7.0));
    float shine = max(dot(relief(p, 1.0, 1, 0.2), to), 0.0);
    c = before_light(c, d.y, outer, shine, srgb(0x181226) * (0.5 + 0.5 * wisp), srgb(0x4A4468) * (0.4 + 0.8 * wisp), srgb(0xA8C4EC));
    // Its shadow on the cheek, then the hand.
    c *= 1.0 - 0.45 * smoothstep(0.0, 0.8, textureLod(u_caress, (g + vec2(0.045, -0.02)) * 0.5 + 0.5, 3.5).a) * cover(d.x);
    vec2 slope = hand.xy * 2.0 - 1.0;
    vec3 n = vec3(slope, sqrt(max(1.0 - dot(slope, slope), 0.0)));
    float key = max((dot(n, normalize(vec3(0.62, 0.45, 0.50))) + 0.25) / 1.25, 0.0);
    vec3 skin = srgb(0x5A3A52) * 0.45 * hand.z + srgb(0xE8A484) * key * mix(0.45, 1.0, hand.z);
    skin += srgb(0xB03A28) * 0.22 * smoothstep(0.0, 0.25, key) * (1.0 - smoothstep(0.25, 0.55, key));
    skin += srgb(0xC8DCF4) * 0.40 * pow(1.0 - n.z, 3.0) * max(n.x, 0.0);
    return mix(c, skin, there);
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
    vec3 c = 1.25 * swirl(p, z);
    if (seen > 0.0) {
        vec3 light = c;  // which goes on turning before what is remembered
        c = mix(c, memory(p) * (0.95 + 0.08 * S_orb_pulse) + light * 0.10, seen);
    }
    // The glass: deeper just within its rim, where one looks along it; the rim gathers light. A
    // gleam of the sky above, and the light's own echo where the far wall throws it together.
    float rim = pow(1.0 - z, 3.2);
    vec2 way = p / max(r, 1e-3);
    c *= 1.0 - 0.22 * smoothstep(0.62, 0.90, r) * (1.0 - seen);
    c = mix(c, srgb(0x5AA0E6) * 0.85 + srgb(0xF2FAFF) * 0.8 * pow(rim, 2.5), clamp(rim * 1.1, 0.0, 1.0));
    float gleam = exp(-dot((p - vec2(-0.40, 0.52)) * vec2(3.6, 5.2), (p - vec2(-0.40, 0.52)) * vec2(3.6, 5.2)));
    float echo = exp(-pow((r - 0.80) / 0.10, 2.0)) * smoothstep(0.35, 1.0, dot(way, normalize(vec2(0.5, -0.87))));
    c += srgb(0xF2FAFF) * (mix(0.45, 0.16, seen) * gleam + mix(0.50, 0.2, seen) * echo);
    // On its way to the stars it is a point of light.
    c = mix(c, srgb(0xDCEEFF) * 4.0, smoothstep(0.1, 0.4, S_orb_flight));
    // It condenses from the middle outwards, in wisps; the glass comes last.
    float grain = fbm(vec3(p * 2.6, S_breath * 0.35), 2);
    float glass = smoothstep(0.80, 1.0, S_orb);
    float made = smoothstep(0.0, 0.75, S_orb * 2.3 - r * (0.75 + 0.9 * grain));
    c *= mix(vec3(1.0), mix(srgb(0x9FD4FF), vec3(1.25), exp(-r * r * 5.0)), 1.0 - glass);
    float edge = (1.0 - smoothstep(1.0 - soft, 1.0 + soft, r)) * there * mix(made * (1.0 - r * r), 1.0, glass);
    float body = mix(0.80 + 0.2 * rim, 1.0, seen);
    if (edge < mix(0.06, 0.35, glass)) discard;  // it writes depth
    color = vec4(c * edge, body * edge);
}
