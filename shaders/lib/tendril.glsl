// The way that a tendril of mist takes: it rises from the nearest crack and winds about where the
// visitor stands. Each has its root in a square of the court, so that it stays there while they
// walk by. Puffs (puff.vert) stream along it, and it has a shade on the stone (tendril.vert).
#pragma once
#pragma include "light.glsl"
#pragma include "noise.glsl"

uniform vec2 u_feet;
uniform vec2 u_stance;  // unit vector to the visitor's right

const float SQUARE = 0.78;            // metres
const vec2 MARGIN = vec2(0.2, 0.8);   // shares of its square in which a tendril begins
// Metres from the feet: all of it, none of it. None lies nearer than the squares that are not drawn.
const vec2 REACH = vec2(1.1, 1.7);
const vec3 ANKLE = vec3(0.096, 0.205, 0.125);  // where one winds: aside, ahead on the right, on the left
const float ROOT = -0.10;             // metres: it begins inside the crack

// Down the slope of the distance to the middle of a crack.
vec2 to_crack(vec2 p) {
    const vec2 STEP = vec2(0.09, 0.0);
    for (int i = 0; i < 3; ++i) {
        float d = textureLod(u_cracks, court_uv(p), 0.0).x;
        vec2 slope = vec2(textureLod(u_cracks, court_uv(p + STEP.xy), 0.0).x - d,
                          textureLod(u_cracks, court_uv(p + STEP.yx), 0.0).x - d) / STEP.x;
        p -= d * slope / max(length(slope), 0.3);
    }
    return p;
}

// Three numbers 0..1 of its own, and how far it has grown.
struct Tendril { vec2 root; float own, other, third, head; };

// The one of a square, counted from the visitor's.
Tendril tendril(vec2 square) {
    ivec2 cell = ivec2(floor(u_feet / SQUARE)) + ivec2(square);
    Tendril it;
    it.own = hash(ivec3(cell, 11));
    it.other = hash(ivec3(cell, 12));
    it.third = hash(ivec3(cell, 13));
    vec2 begins = (vec2(cell) + mix(MARGIN.xx, MARGIN.yy, vec2(it.other, it.third))) * SQUARE;
    it.root = to_crack(begins);
    float hold = (1.0 - smoothstep(REACH.x, REACH.y, distance(begins, u_feet))) * smoothstep(0.05, 0.25, distance(it.root, u_feet));
    hold *= smoothstep(0.44, 0.56, it.own) * (1.0 - smoothstep(0.03, 0.10, textureLod(u_cracks, court_uv(it.root), 0.0).x));
    it.head = smoothstep(0.0, 0.7, hold) * smoothstep(0.4 * it.third, 0.6 + 0.4 * it.third, S_tendril);
    return it;
}

// Half its width in its middle, metres.
float girth(Tendril it) { return mix(0.036, 0.088, it.third * 0.5 + fract(it.own * 3.0) * 0.5); }

// The foot that it winds about.
vec2 ankle(Tendril it) {
    bool right = fract(it.own * 9.0 + it.third) > 0.5;
    return u_feet + (right ? ANKLE.x : -ANKLE.x) * u_stance + (right ? ANKLE.y : ANKLE.z) * vec2(-u_stance.y, u_stance.x);
}

// A place on it, t from 0 to 1: it pours out of its crack over the stone and winds about one foot,
// before it, between both and behind. Only slow sines move it, so that there is no kink to see.
vec3 place(Tendril it, float t) {
    float s = t * it.head;
    vec2 middle = mix(u_feet, ankle(it), smoothstep(0.0, 0.5, s)), from = it.root - u_feet;
    float begun = max(length(from), 0.02);
    float slow = S_breath * 0.27 + it.own * 40.0;
    float winds = mix(2.6, 6.0, it.third) * s * (0.35 + 0.65 * s);
    float angle = atan(from.y, from.x) + winds + 0.10 * sin(slow) * s;
    float orbit = mix(0.125, 0.40, fract(it.other * 5.0)) * (1.0 + 0.12 * sin(slow + 1.3 * angle) * s);
    float near = mix(begun, orbit, smoothstep(-0.10, 0.70, s)) + 0.16 * (it.third - 0.3) * s * s * s;
    near += 0.035 * sin(9.0 * s - slow * 1.4 + it.other * 9.0) * smoothstep(0.1, 0.5, s);
    float height = mix(0.045, 0.15, fract(it.own * 7.0 + it.other));
    float z = mix(ROOT, 0.03, smoothstep(0.0, 0.14, s)) + (height - 0.03) * smoothstep(0.25, 1.0, s);
    z += 0.012 * sin(5.0 * s + slow) * smoothstep(0.1, 0.5, s);
    return vec3(middle + near * vec2(cos(angle), sin(angle)), z);
}
