// Light on what the visitor holds before the eye: skin, nails and cloth. Sun and sky are the
// court's own; the orb is a hand's breadth away, so its light falls off over centimetres, wraps
// round a finger and comes through it, as red as blood lets it.
#pragma once
#pragma include "light.glsl"

const float ORB_NEAR = 0.048;  // metres within which its light hardly falls off
const float ORB_BRIGHT = 4.0, ORB_FAR = 0.40;
const vec3 ORB_HELD = vec3(0.48, 0.82, 1.38);  // its light so near, or skin would be grey in it
const vec3 REACH_IN_FLESH = vec3(0.0075, 0.0022, 0.0013);  // metres that light gets into skin (after Jensen 2001)
const vec3 THROUGH_FLESH = vec3(0.86, 0.38, 0.27);

struct Flesh {
    Surface surface;
    vec3 open;    // the way that is open to the sky, about which the rest is hidden by the hand itself
    float depth;  // metres of flesh behind the surface
};

// How much of the orb's light reaches a place, and from where.
float orb_falls(vec3 point, out vec3 to) {
    vec3 way = u_orb - point;
    float d2 = dot(way, way);
    to = way * inversesqrt(d2 + 1e-8);
    // A spark that has no glass about it yet is the fiercer.
    float bare = mix(1.5, 1.0, smoothstep(0.6, 1.0, S_orb));
    float pulse = bare * S_orb_light * (0.85 + 0.3 * S_orb_pulse) * (1.0 - smoothstep(0.0, 0.15, S_orb_flight));
    return pulse * (ORB_BRIGHT / (1.0 + d2 / (ORB_NEAR * ORB_NEAR)) + ORB_FAR / (1.0 + d2 / 0.05));
}

// What the glass throws together below itself: a net of light on the palm, slowly turning.
float caustic(vec3 point, vec3 to, float range) {
    float glass = smoothstep(0.75, 1.0, S_orb) * (1.0 - smoothstep(0.0, 0.1, S_orb_flight));
    vec3 at = to * 5.5 + vec3(0.13, -0.17, 0.11) * S_breath;
    float net = 1.0 - abs(2.0 * value_noise(at + 1.2 * value_noise(at * 0.7)) - 1.0);
    float reach = mix(0.034, 0.085, S_memory_glow);
    return glass * exp(-pow(range / reach, 4.0)) * (0.18 + 1.1 * pow(net, 5.0));
}

// The orb's colour, and that of what is remembered in it.
vec3 orb_color() {
    const vec3 LAUGH = vec3(1.35, 0.80, 0.36), DEW = vec3(1.0, 0.92, 0.60), TOUCH = vec3(1.12, 0.80, 0.64);
    vec3 seen = mix(mix(LAUGH, DEW, clamp(S_memory - 1.0, 0.0, 1.0)), TOUCH, clamp(S_memory - 2.0, 0.0, 1.0));
    return mix(ORB_HELD, 2.3 * seen, S_memory_glow);
}

vec3 sun_now(vec3 point, vec3 n) {
    return SUN_LIGHT * 1.6 * S_lit * sunlight(point, n) * (1.0 - 0.75 * S_sky_light);
}

// Where light turns away from skin, red gets further round than blue.
vec3 wrapped(float facing, vec3 wrap) { return max((facing + wrap) / ((1.0 + wrap) * (1.0 + wrap)), vec3(0.0)); }

// A highlight that is thinner than a pixel is as rough as the normals in that pixel differ
// (Tokuyoshi and Kaplanyan 2019).
float settled(float roughness, vec3 n) {
    vec3 bend = fwidth(n);
    return sqrt(min(roughness * roughness + 0.5 * dot(bend, bend), 1.0));
}

// How much of the sun other fingers leave: open sky as a cone about its mean way.
float let_through(vec3 way, float open) {
    float edge = sqrt(1.0 - clamp(open, 0.0, 1.0));
    return smoothstep(edge - 0.22, edge + 0.22, dot(way, SUN_DIR));
}

// The visitor's own body keeps the sky from what turns to it.
float faced(float nv) { return mix(1.35, 0.32, nv * sqrt(nv)); }

vec3 living_light(Flesh f, vec3 point, vec3 v) {
    Surface s = f.surface;
    vec3 n = s.normal, to;
    s.roughness = settled(s.roughness, n);
    vec3 through = THROUGH_FLESH * exp(-f.depth / REACH_IN_FLESH);
    float nv = max(dot(n, v), 1e-3);
    vec2 back = sent_back(nv, s.roughness);
    vec3 round = vec3(0.26, 0.20, 0.17), deep = mix(vec3(0.55, 0.40, 0.42), vec3(1.0), s.ao);
    vec3 sun = sun_now(point, n);
    sun = 0.8 * mix(sun, vec3(luminance(sun)), 0.52);  // so deep a red would flay it
    float facing = dot(n, SUN_DIR), shone = let_through(f.open, s.ao);
    vec3 inside = s.albedo * (1.0 - back.x);
    vec3 c = inside * (sun * wrapped(facing, round) * shone / PI + sky_light(n) * s.ao * deep * faced(nv));
    vec3 bled = mix(sun, vec3(luminance(sun)), 0.40);
    c += bled * through * (0.015 + 0.05 * max(-facing, 0.0) + 0.12 * pow(max(dot(-v, SUN_DIR), 0.0), 6.0)) / PI;
    c += sun * min(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y, 0.10) * shone;
    // Down and a film of sweat catch the low sun along the outline that is turned to it, and red light
    // gets a good way further round in the skin.
    vec3 aside = SUN_DIR - v * dot(v, SUN_DIR);
    float side = dot(n, aside * inversesqrt(dot(aside, aside) + 1e-4));
    float edge = smoothstep(0.70, 0.97, side), about = max(0.5 + 0.5 * side, 0.0);
    float against = smoothstep(-0.2, 0.7, dot(-v, SUN_DIR)) * mix(0.35, 1.0, shone);
    vec3 west = sun_now(point, n) + SUN_LIGHT * (0.40 * S_lit * (1.0 - 0.75 * S_sky_light));  // the sky about it shines too
    c += west * vec3(0.85, 1.0, 1.0) * against * edge * (0.16 + 0.50 * edge * edge);
    // What the low western sky sends, and what has gone through blood, keep the shaded side alive.
    c += inside * srgb(0xE0705A) * (0.62 * S_lit * (1.0 - 0.5 * S_gather) * (1.0 - 0.75 * S_sky_light)) * about * about * s.ao;
    float orb = orb_falls(point, to);
    facing = dot(n, to);
    // Further off the whole bright palm shines along the arm, not the orb alone.
    vec3 wrap = mix(vec3(0.78, 0.40, 0.27), vec3(1.0), smoothstep(0.06, 0.15, length(u_orb - point)));
    c += inside * orb_color() * orb * wrapped(facing, wrap) * mix(deep, vec3(s.ao), 0.5);
    c += inside * orb_color() * orb * caustic(point, to, length(u_orb - point)) * max(facing, 0.0);
    c += vec3(0.52, 0.50, 0.50) * (through + 0.015) * orb * (0.03 + 0.06 * (1.0 - smoothstep(-0.7, 0.35, facing)));
    c += orb_color() * PI * orb * min(highlight(n, v, to, s.roughness, 0.45) * back.y, 0.12) * s.ao;
    return c + s.glow;
}

vec3 worn_light(Surface s, vec3 point, vec3 v) {
    vec3 n = s.normal, to;
    s.roughness = settled(s.roughness, n);
    float nv = max(dot(n, v), 1e-3);
    vec2 back = sent_back(nv, s.roughness);
    float facing = dot(n, SUN_DIR);
    vec3 sun = sun_now(point, n);
    float wrap = mix(0.06, 0.35, s.thin);
    float front = max((facing + wrap) / (1.0 + wrap), 0.0);
    float behind = s.thin * (0.5 * max(-facing, 0.0) + 0.5 * pow(max(dot(-v, SUN_DIR), 0.0), 4.0));
    vec3 c = s.albedo * (1.0 - back.x) * (sun * (front + behind) * s.ao / PI + sky_light(n) * s.ao * faced(nv));
    c += sun * min(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y, 0.15) * s.ao;
    // Fibres that stand off the outline hand the sun's light on to the eye behind it.
    float toward = max(dot(-v, SUN_DIR), 0.0);
    float fringe = pow(max(1.0 - nv, 0.0), 4.0) / (1.0 + 8.0 * fwidth(nv));
    c += sun * fringe * toward * toward * toward * s.ao * 0.07;
    float orb = orb_falls(point, to);
    c += s.albedo * orb_color() * orb * max((dot(n, to) + 0.2) / 1.2, 0.0) * s.ao;
    return c + s.glow;
}
