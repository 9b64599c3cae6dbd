// Light on a surface: the sun with its shadow, the sky, the stone's bounce, the orb, the roots.
#pragma once
#pragma include "frame.glsl"
#pragma include "color.glsl"
#pragma include "atmosphere.glsl"
#pragma include "reflect.glsl"

uniform sampler2DShadow u_shadow;
uniform mat4 u_shadow_matrix;  // world -> texture space of the sun's map
uniform vec3 u_orb;            // where the orb is, world metres
uniform sampler2D u_cracks;    // distance to crack, its width, root's way from the feet, metres; root's strength 0..1
uniform sampler2D u_shadow_depth;  // the same map, read as distances
uniform float u_shadow_taps;
uniform vec3 u_sky_sh[11];  // the sky's light as spherical harmonics

struct Surface {
    vec3 albedo;
    vec3 normal;
    float roughness;
    float ao;
    vec3 glow;   // light of its own
    float thin;  // 0 solid .. 1 a petal or hem that light comes through
};

const vec3 SHADOW_SPAN = vec3(116.0, 24.0, 259.0);  // of the sun's map, metres
const float SHADOW_SEARCH = 0.34;  // metres about a place in which shadows are looked for
const float SUN_SOFT = 0.010;      // radians: softer than ours, not so soft as its disc is wide

const float GLITTER = 0.42;  // which no highlight of the sun comes to, or its lane would outshine its disc
const vec3 SUN_LIGHT = vec3(8.6, 2.45, 1.25);
const vec3 USED_TO_DUSK = vec3(2.9, 10.0, 8.3);
const vec3 ORB_LIGHT = vec3(0.40, 0.72, 1.0);

vec2 court_uv(vec2 p) { return p / (2.0 * COURT) + 0.5; }

// How far along the cracks the roots' light has come, metres: 1 m a second and faster.
float root_front() { return S_roots_time * (0.7 + S_roots_time * 0.028); }

// How much of it has come to a place so far along the cracks; it glows on behind the front.
float root_come(float way) { return S_roots * smoothstep(0.0, 1.5, root_front() - way); }

// How much of it has come to rest beneath the fallen one.
float root_rest(vec2 p) { return S_roots * smoothstep(4.0, 24.0, S_roots_time) * exp(-dot(p, p) * 0.15); }

// How golden it is: most about the fallen one, less and less along the way, and nowhere with an edge.
float root_warm(vec2 p) { return exp(-dot(p, p) * 0.11); }
float root_gold(vec2 p) { return S_roots * smoothstep(4.0, 24.0, S_roots_time) * root_warm(p); }

// The light that stands about the fallen one once it rests, at a place so far from her.
float root_heart(vec2 p) {
    float d2 = dot(p, p);
    return S_roots * smoothstep(3.0, 26.0, S_roots_time) / (1.0 + 0.060 * d2);
}

// Roots' light at a place on the floor: more the stronger the root is there.
float root_light(vec2 p) {
    if (S_roots <= 0.0) return 0.0;
    vec4 crack = texture(u_cracks, court_uv(p));
    return root_come(crack.z) * (0.12 + 2.2 * crack.w * crack.w) + 0.45 * root_rest(p);
}

// What roots of light send up at a surface that turns its side or its under side to the floor: most
// at hems, next to nothing above the knee; and what the light about the fallen one sends at whatever
// turns to her. Dark cloth takes more of it than it would, or it would be black.
vec3 from_below(vec3 albedo, vec3 n, vec3 point) {
    if (S_roots <= 0.0 || point.z > 12.0) return vec3(0.0);
    float up = max(point.z, 0.0), gold = root_gold(point.xy) * root_warm(point.xy);
    float high = 0.02 * exp(-up * 0.6) + 0.34 * exp(-up * 3.6) + 1.0 * exp(-up * 9.0);
    float turned = max(0.55 - 0.52 * n.z, 0.0);
    vec3 taken = albedo / (0.08 + 2.6 * max(albedo.r, max(albedo.g, albedo.b)));
    vec3 c = mix(srgb(0xA9D2F4), srgb(0xFFE0BC), gold) * (root_light(point.xy) * high * turned * 2.2);
    float away = inversesqrt(dot(point.xy, point.xy) + 0.3);
    float to_her = max(-dot(n.xy, point.xy) * away + 0.12, 0.0);
    c += mix(srgb(0x86AAF0), srgb(0xFFB36E), root_warm(point.xy) * root_warm(point.xy)) * (root_heart(point.xy) * to_her * to_her * (0.08 + 0.92 * exp(-up * 2.4)) * 0.8);
    // What lies where it rests is held in it: its lower edge most, which is next to the stone.
    float edge = max(0.85 - n.z, 0.0) * exp(-up * 6.0 - 0.5 * dot(point.xy, point.xy));
    c += srgb(0xFFB466) * (root_rest(point.xy) * ((0.62 - 0.42 * n.z) * exp(-up * 2.2) * root_warm(point.xy) + 5.0 * edge));
    return taken * c;
}

// A place among `count` on a disc of radius 1, evenly spread (Vogel 1979).
vec2 vogel(float i, float count, float turn) {
    float a = i * 2.39996323 + turn;
    return sqrt((i + 0.5) / count) * vec2(cos(a), sin(a));
}

// 1 in the sun, 0 in shadow, by the map's own filter: hard, and without grain.
float sun_at(vec3 point) {
    vec3 at = (u_shadow_matrix * vec4(point, 1.0)).xyz;
    if (any(lessThan(at.xy, vec2(0.0))) || any(greaterThan(at, vec3(1.0)))) return 1.0;
    return texture(u_shadow, at);
}

// 1 in the sun, 0 in shadow: sharp where the shadow begins, soft far from what casts it, as the
// sun's own width makes it (percentage-closer soft shadows, Fernando 2005). The candle-like
// tremble is a slow shift of the look-up. With one tap the map's own filter is all there is.
float sunlight(vec3 point, vec3 normal) {
    vec3 p = point + normal * 0.03;
    p.y += S_waver * 0.02 * sin(S_breath * 2.3 + point.x * 0.21) * smoothstep(0.0, 14.0, -p.x + 20.0);
    vec3 at = (u_shadow_matrix * vec4(p, 1.0)).xyz;
    if (any(lessThan(at.xy, vec2(0.0))) || any(greaterThan(at, vec3(1.0)))) return 1.0;
    if (u_shadow_taps < 1.5) return texture(u_shadow, at);
    vec4 seen = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    ivec2 pixel = ivec2((seen.xy / seen.w * 0.5 + 0.5) * u_size);
    // Few taps stay as they are, lest their grain shows; many may turn all the way.
    float turn = u_shadow_taps < 16.0 ? 0.6 : 2.0 * PI * hash(ivec3(pixel, 5));
    float search = ceil(u_shadow_taps * 0.6), behind = 0.0, found = 0.0;
    for (float i = 0.0; i < search; i += 1.0) {
        vec2 o = vogel(i, search, turn) * SHADOW_SEARCH / SHADOW_SPAN.xy;
        float depth = textureLod(u_shadow_depth, at.xy + o, 0.0).r;
        // What lies in the slope of the receiver itself does not count.
        if (depth < at.z - 0.25 / SHADOW_SPAN.z) { behind += at.z - depth; found += 1.0; }
    }
    if (found < 0.5) return texture(u_shadow, at);
    float away = behind / found * SHADOW_SPAN.z;
    vec2 wide = clamp(away * SUN_SOFT, 0.012, SHADOW_SEARCH) / SHADOW_SPAN.xy;
    float sum = 0.0;
    for (float i = 0.0; i < u_shadow_taps; i += 1.0)
        sum += texture(u_shadow, vec3(at.xy + vogel(i, u_shadow_taps, turn) * wide, at.z));
    return sum / u_shadow_taps;
}

// The sky's light on a white surface that faces `n`, with the floor's below it; brighter than the
// air has it, as eyes are that have grown used to the dusk.
vec3 sky_light(vec3 n) { return max(sh_light(u_sky_sh, n), vec3(0.0)) * (USED_TO_DUSK * (1.0 + 0.33 * S_sky_light)); }

// The west's afterglow on a white surface, and what the sunlit floor throws up at what stands on it:
// a warmth that turns with the surface, so that nothing in the shade is flat.
vec3 afterglow(vec3 n, float height) {
    float west = 0.5 - 0.5 * n.x;
    float up = exp(-max(height, 0.0) / 2.6) * (0.5 - 0.5 * n.z) * (1.0 - 0.6 * abs(n.z));
    return (srgb(0xC2453C) * 0.30 * west * west + srgb(0xD07050) * 0.26 * up) * S_lit * (1.0 - 0.75 * S_sky_light);
}

// What the orb and the roots of light add to a surface; `into` is the share that goes in.
vec3 near_light(Surface s, vec3 point, vec3 v, float wrap, float into, float again) {
    vec3 n = s.normal, c = vec3(0.0);
    if (!QUIET && S_orb_light > 0.0) {
        vec3 to = u_orb - point;
        float d2 = dot(to, to);
        vec3 l = to * inversesqrt(d2 + 1e-6);
        float cosine = max((dot(n, l) + wrap + 0.15) / (1.15 + wrap), 0.0);
        float fall = S_orb_light * (0.85 + 0.3 * S_orb_pulse) * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.045) + 3.2 * S_gather / (d2 + 0.8));
        c += s.albedo * into * ORB_LIGHT * fall * cosine * s.ao;
        c += ORB_LIGHT * PI * fall * min(highlight(n, v, l, s.roughness, 0.3) * again, 1.0) * s.ao;
    }
    if (!QUIET) c += from_below(s.albedo, n, point) * s.ao;
    return c;
}

// How much of a low sun a rough upright face takes at a glance: its own unevenness shades the rest.
// Without this every facet at an outline that just turns to the sun burns like a spark.
float glancing(vec3 n, float facing) {
    return mix(smoothstep(0.0, 0.42, facing), 1.0, smoothstep(0.35, 0.75, n.z));
}

// A highlight of the sun, held back softly: one that were cut off would lie on the floor as a patch.
float glitter(float highlight) { return highlight * GLITTER / (highlight + GLITTER); }

// `free`: the share of the sun that the thing's own carving, too fine for the sun's map, lets by.
vec3 light(Surface s, vec3 point, vec3 from, float free) {
    vec3 v = normalize(from - point);
    vec3 n = s.normal;
    float facing = dot(n, SUN_DIR);
    float seen = sunlight(point, n) * free;
    float wrap = mix(0.06, 0.35, s.thin);
    float taken = glancing(n, facing);
    float front = max((facing + wrap) / (1.0 + wrap), 0.0) * mix(taken, 1.0, s.thin);
    float through = s.thin * (max(-facing, 0.0) * 0.5 + 0.5 * pow(max(dot(-v, SUN_DIR), 0.0), 4.0));
    vec3 sun = SUN_LIGHT * 1.6 * S_lit * seen * (1.0 - 0.75 * S_sky_light);
    float nv = max(dot(n, v), 1e-3);
    vec2 back = sent_back(nv, s.roughness);
    float into = 1.0 - back.x;  // what a dielectric does not send back goes in, and is coloured
    vec3 c = s.albedo * into * (sun * (front + through) / PI + (sky_light(n) + afterglow(n, point.z)) * s.ao);
    c += sun * glitter(highlight(n, v, SUN_DIR, s.roughness, SUN_RADIUS) * back.y) * taken;
    c += near_light(s, point, v, wrap, into, back.y);
    return c + s.glow;
}

vec3 light(Surface s, vec3 point, vec3 from) { return light(s, point, from, 1.0); }
