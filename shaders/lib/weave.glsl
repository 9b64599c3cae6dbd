// Cloth from near by: how it is woven, worn, darned and frayed. Places are on the cloth's own
// pattern, metres, so that threads bend with it.
#pragma once
#pragma include "noise.glsl"

struct Weave {
    float threads;  // to the metre
    float twill;    // 0 plain, 1 in diagonal ribs
    float uneven;   // how much threads differ in thickness and colour
    float felted;   // 0 every thread is seen, 1 none
};

// What a garment of somebody is woven as: plain wool, twill, felt or worn linen, of threads that are
// a millimetre thick and less.
Weave woven(float garment, float seed) {
    float kind = fract(seed * 57.31 + garment * 9.7);
    if (kind < 0.40) return Weave(1050.0, 0.0, 0.75, 0.10);
    if (kind < 0.66) return Weave(1200.0, 1.0, 0.55, 0.12);
    if (kind < 0.78) return Weave(1050.0, 0.0, 0.50, 0.45);
    return Weave(1150.0, 0.0, 0.90, 0.05);
}

// What is seen of it: x how light, about 0; y and z how it tilts along the pattern's two ways.
// What is finer than two pixels fades before it could beat with them, and hand-spun threads run
// neither straight nor evenly, so that no stripes come of what is left.
vec3 threads(Weave w, vec2 at, float seed) {
    vec2 p = at * w.threads + 7.0 * textureLod(u_clouds, at * 1.9 + seed, 3.0).yx;
    vec2 cell = floor(p), in_cell = 2.0 * (p - cell) - 1.0;
    vec2 wide = abs(dFdx(p)) + abs(dFdy(p));
    vec2 fades = 1.0 - smoothstep(0.30, 0.66, wide);  // of the warp and of the weft, each by itself
    float over = w.twill > 0.5 ? step(0.5, fract((cell.x + cell.y) * 0.25)) : mod(cell.x + cell.y, 2.0);
    // Slubs, where a thread was spun thick or thin, run along the warp alone: in both they were a check.
    float spun = textureLod(u_clouds, vec2(p.x / 512.0, at.y * 0.21 + seed), 0.0).w - 0.5;
    float slub = spun * w.uneven * (1.0 - smoothstep(0.5, 1.3, wide.x));
    // Fibres that lie over them, at all distances: the look-up fades by itself.
    float fibres = texture(u_clouds, at * vec2(2.7, 1.2) + seed).w - 0.5;
    float shown = min(fades.x, fades.y) * (1.0 - w.felted) * (0.6 + 0.8 * (fibres + spun));
    float round_ = over > 0.5 ? in_cell.x : in_cell.y, dips = over > 0.5 ? in_cell.y : in_cell.x;
    vec2 tilt = over > 0.5 ? vec2(round_, 0.5 * dips) : vec2(0.5 * dips, round_);
    float light = shown * (0.22 - 0.30 * round_ * round_ - 0.20 * dips * dips);
    float ribs = w.twill * (abs(fract((p.x + p.y) * 0.25) - 0.5) - 0.25) * (1.0 - smoothstep(0.22, 0.46, 0.25 * (wide.x + wide.y)));
    return vec3(light + (0.45 * ribs + 0.34 * slub) * (1.0 - w.felted) + 0.40 * fibres, tilt * shown);
}

// A surface that is tilted along the pattern's two ways, `tilt`; `at` is the pattern's place there.
vec3 woven_normal(vec3 n, vec3 point, vec2 at, vec2 tilt) {
    vec2 right = dFdx(at), up = dFdy(at);
    vec3 along = dFdx(point), above = dFdy(point);
    float area = right.x * up.y - right.y * up.x;
    vec3 warp = (along * up.y - above * right.y) * sign(area), weft = (above * right.x - along * up.x) * sign(area);
    vec3 slope = tilt.x * warp * inversesqrt(dot(warp, warp) + 1e-16) + tilt.y * weft * inversesqrt(dot(weft, weft) + 1e-16);
    vec3 bent = n + slope - dot(slope, n) * n;
    return normalize(bent);
}

// How far a hem is gone at a place, metres: long runs, nicks of all sizes.
float torn(vec2 at, float seed) {
    float run = value_noise(vec3(at * 6.5, seed * 13.0)), nick = value_noise(vec3(at * 27.0, 3.0 + seed * 13.0));
    float fine = value_noise(vec3(at * 110.0, 7.0));
    return 0.004 + 0.026 * smoothstep(0.55, 0.90, run) + 0.012 * smoothstep(0.55, 0.90, nick) * (0.2 + run) + 0.0020 * fine;
}

// Whether nothing is left of a hem: beyond the torn edge the threads that ran out over it stand
// out, each as long as it is, and light comes between them. `in_by` is the way to the edge as it
// was woven.
bool frayed(vec2 at, float in_by, float gone, float seed) {
    const float LOOSE = 620.0, LONGEST = 0.026;  // to the metre, metres
    // Which way the edge lies on the pattern: how its distance changes from pixel to pixel.
    vec2 right = dFdx(at), up = dFdy(at);
    float area = right.x * up.y - right.y * up.x;
    vec2 out_ = vec2(dFdx(in_by) * up.y - dFdy(in_by) * right.y, dFdy(in_by) * right.x - dFdx(in_by) * up.x);
    out_ = abs(out_) / max(length(out_), 1e-9);
    vec2 p = at * LOOSE + 0.35 * vec2(sin(at.y * 300.0), sin(at.x * 300.0)), cell = floor(p);
    float wide = max(length(dFdx(p)), length(dFdy(p)));
    vec2 left = vec2(hash(ivec3(int(cell.x), 11, int(at.y * 9.0))), hash(ivec3(int(cell.y), 12, int(at.x * 9.0))));
    vec2 tuft = vec2(value_noise(vec3(p.x * 0.11, 3.0, at.y * 9.0)), value_noise(vec3(p.y * 0.11, 5.0, at.x * 9.0)));
    left = LONGEST * left * left * smoothstep(0.50, 0.9, tuft) + 0.0010;
    left *= smoothstep(0.35, 0.75, out_.yx);  // a thread along x runs out over an edge that looks along x
    vec2 on = step(abs(p - cell - 0.5), vec2(0.22));
    float past = gone - in_by;  // metres beyond the torn edge
    if (past < 0.0) return false;
    // Where threads are finer than a pixel what they leave open is spread over them.
    if (wide > 0.9 || area == 0.0) return past > 0.4 * max(left.x, left.y);
    return !((on.x > 0.5 && past < left.x) || (on.y > 0.5 && past < left.y));
}

// Darned: here and there a patch of other cloth, sewn on with stitches. x how much of a patch, y its
// own shade, z how much of a stitch.
vec3 darned(vec2 at, float seed) {
    const float APART = 0.42;  // metres between places where there may be one
    vec2 p = at / APART + seed * 17.0, cell = floor(p);
    ivec2 c = ivec2(cell);
    vec3 r = vec3(hash(ivec3(c, 21)), hash(ivec3(c, 22)), hash(ivec3(c, 23)));
    if (r.x > 0.34) return vec3(0.0);
    float turn = (r.y - 0.5) * 0.9;
    vec2 q = (p - cell - vec2(0.5) - 0.2 * (r.yz - 0.5)) * APART;
    q = vec2(cos(turn) * q.x - sin(turn) * q.y, sin(turn) * q.x + cos(turn) * q.y);
    vec2 size = mix(vec2(0.030, 0.024), vec2(0.070, 0.055), r.yz);
    vec2 wander = 0.006 * vec2(value_noise(vec3(at * 60.0, 31.0)), value_noise(vec3(at * 60.0, 37.0)));
    float inside = max(abs(q.x) - size.x - wander.x, abs(q.y) - size.y - wander.y);
    float along = abs(q.x) - size.x > abs(q.y) - size.y ? q.y : q.x;
    float line = exp(-pow((inside + 0.005) / 0.0011, 2.0)) * step(0.35, fract(along * 190.0));
    return vec3(1.0 - smoothstep(-0.0015, 0.0015, inside), r.z, line);
}

// Worn through: the way from a place to the edge of the nearest hole, metres, below 0 within it. Holes
// lie where moths and elbows were, some to the square metre, long along the threads that gave way.
float worn_through(vec2 at, float seed) {
    const float APART = 0.17;  // metres between places where there may be one
    vec2 p = at / APART + seed * 29.0, cell = floor(p);
    ivec2 c = ivec2(cell);
    vec3 r = vec3(hash(ivec3(c, 31)), hash(ivec3(c, 32)), hash(ivec3(c, 33)));
    vec2 q = (p - cell - vec2(0.5) - 0.3 * (r.yz - 0.5)) * APART;
    float size = mix(0.005, 0.021, r.y * r.y) * step(r.x, 0.34);
    float wander = 0.007 * (value_noise(vec3(at * 95.0, 41.0)) - 0.5);
    return length(q * mix(vec2(0.6, 1.0), vec2(1.0, 0.6), step(0.5, r.z))) - size + wander + 0.05 * step(0.34, r.x);
}
