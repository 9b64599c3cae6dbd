// How thick the mist is at a point: born in the cracks, pooling low, parted by the raised orb.
#pragma once
#pragma include "light.glsl"
#pragma include "bow.glsl"

uniform vec3 u_eye;
uniform vec2 u_stance;  // unit vector to the visitor's right


const float MIST_TOP = 2.4;  // metres: nothing above is marched
const float BED = -0.34;     // metres: how deep the cracks are
vec3 MIST_SILVER = srgb(0xC8D0DA) * vec3(0.93, 0.92, 1.12), MIST_SHADE = srgb(0x7E7A99);

// What the mist winds about: the visitor's feet, or the hand that gathers it; one's own is seen
// before a place that lies beyond it.
vec2 whirl_middle(vec2 feet) {
    vec2 beyond = u_orb.xy - u_eye.xy;
    float own = 1.0 - smoothstep(0.9, 1.5, distance(u_orb, u_eye));
    return mix(feet, u_orb.xy + own * 0.62 * beyond / max(length(beyond), 0.1), S_gather);
}

// Where mist at p has drifted from, metres away: three shears, each along its own front, and one
// slow whirl about the feet, or under the hand that gathers it. None of them has any divergence,
// so mist is moved and never made.
vec2 drift(vec2 p, vec2 feet) {
    float t = S_breath * 0.21;
    vec2 by = 0.17 * vec2(0.80, 0.60) * sin(dot(p, vec2(-0.60, 0.80)) * 1.9 + t);
    by += 0.13 * vec2(-0.28, 0.96) * sin(dot(p, vec2(0.96, 0.28)) * 3.1 - 1.3 * t);
    by += 0.07 * vec2(0.96, -0.28) * sin(dot(p, vec2(0.28, 0.96)) * 6.7 + 1.9 * t);
    vec2 from = p - whirl_middle(feet);
    return by + (S_tendril + S_gather) * 1.4 * vec2(-from.y, from.x) * exp(-dot(from, from) * 1.5);
}

// The raised orb parts the mist: a ring runs outward from under it, and what it has pushed before
// it stands as a bank that leans out, folds over and sinks. What share stays; what the bank adds.
vec2 parted(vec3 p, float folds) {
    float ahead = length(p.xy - u_orb.xy) - rim_radius() - 1.6 * (folds - 0.5);
    float inside = (1.0 - smoothstep(-1.3, 0.2, ahead)) * smoothstep(0.0, 0.1, S_bow_mist) * (1.0 - 0.5 * S_mist_low);
    float tall = rim_height() * (0.4 + 0.6 * folds), lean = ahead - 0.7 * p.z;
    float bank = exp(-lean * lean * (lean > 0.0 ? 0.9 : 5.0)) * (1.0 - smoothstep(0.3, 1.2, p.z / (tall + 0.02)));
    return vec2(1.0 - 0.96 * inside, 1.5 * bank * rim_there());
}

struct Mist {
    float density;  // per metre
    float facing;   // how steeply it falls away to the west: what turns to the sun, about -1..1
    float depth;    // metres below the top of the billow that it belongs to
    float sheen;    // how much more than elsewhere its threads send back
    float roots;    // of their light in the nearest crack
};

// The slope that a texel of u_smoke holds, heights a tile. Twin of models/place/textures.py.
vec2 slope_of(vec4 smoke) { return (smoke.yz - 0.5) * 48.0; }

// The whirl about the visitor's two feet: mist that two like vortices wind up. The logarithm of
// their complex potential z^2 - a^2 makes ovals about each foot and circles about both; smoke that
// is laid out along it runs in spirals, which glide inward when it is shifted (Milne-Thomson 1968).
const float STANCE = 0.092;           // metres from the middle to each foot; twin of models/visitor/barefoot.py
const vec3 FOOT = vec3(0.052, 0.150, 0.205); // half a foot's width and length, and how far ahead of the eye the right one is, metres
const float STEP_BACK = 0.088;        // metres that the left one is behind it
const mat2 ALONG_ARMS = mat2(0.0, 1.0, 0.55, 1.7) / 6.2831853;  // from angle, log of radius to tiles

struct Whirl { float height, thick, facing, hollow, sheen; };

Whirl whirl(vec2 from, float up, float broad, float lod) {
    vec2 aside = u_stance * STANCE * (1.0 - S_gather);  // u_stance: unit vector to the visitor's right
    vec2 z2 = vec2(from.x * from.x - from.y * from.y, 2.0 * from.x * from.y);
    vec2 q = z2 - vec2(aside.x * aside.x - aside.y * aside.y, 2.0 * aside.x * aside.y);
    float q2 = dot(q, q) + 1e-8, r = sqrt(sqrt(q2));  // about both feet the distance from the middle
    vec2 spun = vec2(atan(q.y, q.x) - S_breath * 0.16 + 1.3 * (broad - 0.5), 0.5 * log(q2) + S_breath * 0.065 + up * 1.1);
    vec4 smoke = textureLod(u_smoke, ALONG_ARMS * spun, lod - log2(max(r, 0.15)) + 1.5);
    // What the angle and the logarithm change by eastward: the derivative 2z / (z^2 - a^2).
    vec2 turn = 2.0 * vec2(dot(from, q), from.y * q.x - from.x * q.y) / q2;
    float slope = dot(slope_of(smoke), ALONG_ARMS * turn.yx);
    float aright = dot(from, u_stance);
    vec2 f = vec2(abs(aright) - STANCE, dot(from, vec2(-u_stance.y, u_stance.x)) - FOOT.z + STEP_BACK * step(aright, 0.0));
    Whirl w;
    w.hollow = mix(smoothstep(0.75, 2.3, length(f / FOOT.xy)), 1.0, S_gather);
    w.hollow = mix(w.hollow, 1.0, 0.25 * smoothstep(0.03, 0.12, up) * smoothstep(0.35, 0.7, broad));  // it closes over the insteps
    float ring = smoothstep(0.04, 0.30, r) * (1.0 - smoothstep(mix(0.42, 0.10, S_gather), 1.35, r));
    // Outward the ring comes apart into arms, where it is high anyhow (`broad`) last; what a hand
    // gathers has no edge at all.
    float whole = smoothstep(-0.10, 0.70, mix(smoke.x, broad, 0.5) - mix(mix(-0.06, 0.03, S_gather), 0.62, smoothstep(0.30, 1.30, r)));
    w.height = S_tendril * (0.05 + 0.42 * ring * (0.10 + 0.28 * smoke.x + 0.62 * broad)) * whole;
    // About the feet it is only a bed for the puffs that are drawn (puff.vert), with no line of its own.
    float bed = mix(0.30, 1.0, S_gather);
    w.thick = bed * (ring * whole * (0.32 + mix(0.5, 1.6, S_gather) * smoke.w) + 0.10 * (1.0 - smoothstep(0.3, 1.7, r)));
    w.facing = slope * ring * mix(0.05, 0.13, S_gather);
    w.sheen = S_gather * ring * (1.3 * smoke.w * smoke.w + 0.25);
    return w;
}

// The mist at p, as seen by a march that takes steps of `coarse` metres there.
Mist mist_at(vec3 p, vec2 feet, float coarse) {
    float far = length(p.xy), up = max(p.z, 0.0), lod = min(1.35 * log2(1.0 + coarse * 9.0), 5.5);
    vec2 q = p.xy - drift(p.xy, feet), seen = p.xy - u_eye.xy;
    // From above it is laid flatter: what stands would be drawn out away from the eye, like rain on
    // a window.
    float above = u_eye.z - p.z, flat_by = mix(1.0, 0.22, smoothstep(0.08, 0.36, above * inversesqrt(dot(seen, seen) + above * above)));
    vec2 wind = vec2(S_breath * 0.030, S_breath * 0.017);
    vec4 a = textureLod(u_clouds, q * 0.047 + wind * 0.3, 0.0);
    vec4 b = textureLod(u_smoke, q * 0.19 - wind + vec2(up * 0.10, -up * 0.07), lod);
    vec4 c = textureLod(u_smoke, q * 0.53 + wind * 1.3 + vec2(-up * 0.21, up * 0.25 - S_breath * 0.02), lod + 2.3 - 1.3 * flat_by);
    Mist here;
    // What rises leans with the drift.
    vec4 crack = textureLod(u_cracks, court_uv(p.xy - (p.xy - q) * min(up * 1.6, 1.0)), 0.0);
    here.roots = QUIET ? 0.0 : root_come(crack.z) * (0.15 + 3.0 * crack.w * crack.w) * exp(-crack.x * 1.2);
    float wide = smoothstep(0.004, 0.055, crack.y);
    float body = a.x * 0.30 + b.x * 0.46 + c.x * 0.24;

    // A pool lies along the cracks with an edge of its own; out on the slabs only its tongues lie.
    float fed = exp(-crack.x * crack.x * 14.0) * (0.25 + 0.75 * wide);
    float pooled = smoothstep(0.0, 0.20, body - mix(0.68, 0.34, fed));
    float deep = (0.05 + 0.17 * b.x) * (1.0 - 0.45 * S_mist_low) * flat_by;
    float d = 7.0 * pooled * (0.20 + 1.7 * c.w) * exp(-up / deep) * inversesqrt(sqrt(flat_by));
    here.facing = clamp(0.045 * (1.0 + 0.45 * lod) * (slope_of(b).x * 0.6 + slope_of(c).x * 0.8), -1.0, 1.0);
    here.depth = max(2.0 * deep - up, 0.0);
    // It wells up over the crack itself in puffs that lean off its line.
    float thin = 0.004 + 0.05 * up + 0.16 * coarse * coarse;
    float line = crack.x + (c.x - 0.5) * 0.14;
    float puff = smoothstep(0.50, 0.85, b.w * 0.45 + a.y * 0.55);
    float height = (0.04 + 0.42 * puff) * (0.3 + 0.7 * wide) * flat_by;
    float sheet = exp(-line * line / thin) * sqrt(0.004 / thin) * puff;
    d += 13.0 * sheet * wide * (0.25 + 1.1 * c.w) * (1.0 - smoothstep(0.25, 1.0, up / height * (0.6 + 0.7 * c.x)));
    // Breath above it all, which only adds up over metres.
    float veil = smoothstep(0.42, 0.78, body) * exp(-up / 0.8) * smoothstep(2.0, 12.0, distance(p.xy, u_eye.xy));
    d += 0.13 * flat_by * veil * (1.0 - 0.8 * S_mist_low);
    // Once it has bowed it draws back from the fallen one, where flowers take its place.
    if (!QUIET) d *= 1.0 - 0.72 * S_mist_low * (1.0 - smoothstep(1.6, 4.5, far));

    vec2 from = p.xy - whirl_middle(feet);
    Whirl w = whirl(from, up, b.x, lod);
    float in_whirl = S_tendril * (1.0 - smoothstep(0.7, 1.8, length(from)));
    float crest = w.thick * 9.0 * (1.0 - smoothstep(mix(0.55, 0.15, S_gather), 1.0, up / (w.height + 0.01)));
    d = mix(d, d * 0.25 + crest, in_whirl) * mix(1.0, w.hollow, S_tendril);
    here.facing = mix(here.facing, clamp(w.facing + 0.6 * here.facing, -1.0, 1.0), in_whirl);
    here.sheen = w.sheen * in_whirl;
    here.depth = mix(here.depth, max(w.height - up, 0.0), in_whirl);

    // The hollows are calm and deep in shade: what lies about the feet keeps the sky from them.
    float calm = S_tendril * (1.0 - w.hollow);
    d += 1.5 * calm * exp(-up / 0.04);
    here.depth = mix(here.depth, 0.3, calm);
    // Between them and about the ankles it lies low, so that it veils a toe and leaves another.
    float near = S_tendril * (1.0 - S_gather) * (1.0 - smoothstep(0.20, 0.55, length(from)));
    d += 15.0 * near * smoothstep(0.36, 0.72, 0.6 * b.x + 0.4 * c.x) * exp(-up / 0.06);

    // Inside a crack it lies thin and uneven, in the dark.
    if (p.z < 0.0) d = 2.2 * wide * (1.0 - 0.75 * in_whirl) * smoothstep(0.30, 0.75, 0.5 * b.x + 0.5 * c.x) * (1.0 - smoothstep(0.0, 0.2, S_dissolve));
    if (p.z < 0.0) here.depth = 0.25 - 2.0 * p.z;
    if (!QUIET) {
        vec2 part = parted(p, b.x), beside = p.xy - u_orb.xy;
        part.x *= 1.0 - 0.8 * S_orb * exp(-dot(beside, beside) * 0.35);  // what the orb has drawn in
        d = d * part.x + part.y * (0.25 + 1.2 * c.w);
    }
    d *= S_mist * (1.0 - smoothstep(30.0, 58.0, far)) * (1.0 - 0.45 * smoothstep(8.0, 30.0, far));
    here.density = p.z > MIST_TOP || p.z < BED ? 0.0 : d;
    return here;
}
