// Marble: polished once, cracked, worn, dusty; roots of light in its cracks. FLOOR says whether it
// is a slab or stands: each has what the other need not reckon. FINEST is whether its grain is
// looked up so that it never repeats.
#pragma once
#pragma include "light.glsl"
#pragma include "dissolve.glsl"
#pragma include "roots.glsl"
#pragma include "carving.glsl"
#pragma include "worn.glsl"
uniform sampler2D u_marble;  // clouding, veins, fine veins, wear
uniform sampler2D u_mirror;  // the scene upside down, for the polish
uniform float u_mirror_on;
uniform float u_fine;     // 0: the marble as from afar; above, its grain too, 1: 11 m away
uniform sampler2D u_lips;    // how high the shade of slabs further west stands: models/place/lipshade.py
uniform sampler2D u_ground;  // share of the sky that the floor sees beside people, and that flowers take
in vec3 v_rest;
in vec3 v_point;
in vec3 v_normal;
in vec3 v_extra;
in vec2 v_open;
out vec4 color;

// The field seen along the axis that faces the surface most, blended at the turns of what stands.
vec4 triplanar(vec3 p, vec3 n) {
    if (FLOOR || u_fine <= 0.0) {
        vec3 a = abs(n);
        return texture(u_marble, a.z > 0.6 ? p.xy : a.x > a.y ? p.yz : p.xz);
    }
    vec3 w = pow(abs(n), vec3(6.0));
    w /= w.x + w.y + w.z;
    vec4 c = w.z > 0.02 ? texture(u_marble, p.xy) * w.z : vec4(0.0);
    if (w.x > 0.02) c += texture(u_marble, p.yz) * w.x;
    if (w.y > 0.02) c += texture(u_marble, p.xz) * w.y;
    return c;
}

// How much of a low sun's light creeps about something round into its shade: by its kind, which
// says how far round from the sun it is (models/place/pile.py). A rim, and a little form beside it.
float creeping(float kind) {
    float turned = (kind - 1.0) * 5.0 - 1.0;
    float rim = smoothstep(-0.85, -0.06, turned), form = smoothstep(-1.0, 0.0, turned);
    return (0.50 * rim * rim * rim + 0.03 * form) * (1.0 - smoothstep(0.0, 0.5, turned));
}

// At the outline of something round its flutes are narrower than a pixel: there it is as round as
// its kind says, lit and shaded as its flutes are on the whole, or their edges would be dashes.
void smoothed_outline(inout vec3 n, inout vec2 open) {
    float turned = clamp((v_extra.z - 1.0) * 5.0 - 1.0, -1.0, 1.0);
    vec2 out_of_axis = vec2(-turned, (n.y < 0.0 ? -1.0 : 1.0) * sqrt(1.0 - turned * turned));
    vec2 towards = eye().xy - v_point.xy;
    float edge_on = abs(dot(out_of_axis, towards)) / max(length(towards), 1e-4);
    float outline = (1.0 - smoothstep(0.14, 0.42, edge_on)) * (1.0 - smoothstep(0.3, 0.6, abs(n.z)));
    n = normalize(mix(n, vec3(out_of_axis, 0.0), outline));
    open = mix(open, vec2(0.82, 0.55), outline);
}

// Roughness that also holds the bends of the normal within one pixel (Kaplanyan 2016), so that
// far highlights do not sparkle.
float steadied(float roughness, vec3 n) {
    vec3 x = dFdx(n), y = dFdy(n);
    float bend = min(0.5 * (dot(x, x) + dot(y, y)), 0.18);
    float a = roughness * roughness;
    return sqrt(sqrt(clamp(a * a + bend, 0.0, 1.0)));
}

// Which way the slab's edge lies on its top, and how far: from the distance that the corners
// carry, without a normal map.
vec2 towards_edge() {
    vec2 px = dFdx(v_rest.xy), py = dFdy(v_rest.xy);
    float det = px.x * py.y - px.y * py.x;
    if (abs(det) < 1e-12) return vec2(0.0);
    float ex = dFdx(v_extra.y), ey = dFdy(v_extra.y);
    vec2 away = vec2(ex * py.y - ey * px.y, ey * px.x - ex * py.x) / det;
    return -away / max(length(away), 0.3);
}

// What higher slabs in the west leave of the sun. A raster of 2 cm is blurred at joints, so beside
// them a top looks it up a little further in, and what is lower than its own top further out.
float lips_leave(vec2 outward, float inside, bool top) {
    vec2 on = outward * (top ? -0.015 * clamp(2.0 - inside / 0.03, 0.0, 1.0) : 0.034);
    float shade = (texture(u_lips, court_uv(v_rest.xy + on)).x - 0.5) * 0.128 + on.x * 0.0787;
    float level = v_rest.z + (v_extra.z > 0.1 ? v_extra.z - 0.25 : 0.0);  // see models/place/slabs.py
    return 1.0 - smoothstep(0.0003, 0.0022, shade - level);
}

// What the floor mirrors towards the eye along `r`: the mirrored picture where that ray meets it,
// drawn out along the picture's height as rough facets do at a low angle.
vec3 mirrored(vec3 r, float roughness) {
    vec4 at = p3d_ViewProjectionMatrix * vec4(r.xy, -max(r.z, 0.0), 0.0);
    vec2 here = gl_FragCoord.xy / u_size;
    vec2 uv = at.w > 1e-3 ? at.xy / at.w * 0.5 + 0.5 : here;
    uv = here + clamp(uv - here, vec2(-0.04, -0.16), vec2(0.04, 0.16));
    float level = roughness * 4.2;
    vec3 sum = textureLod(u_mirror, uv, level).rgb;
    if (FINEST) {
        vec2 stretch = vec2(0.0, roughness * roughness * 0.22);
        vec3 about = textureLod(u_mirror, uv + stretch, level).rgb + textureLod(u_mirror, uv - stretch, level).rgb;
        sum = sum * 0.4 + about * 0.3;
    }
    return sum;
}

void main() {
    if (v_point.z < u_clip) discard;
    dissolve_discard(v_rest);
    vec3 n = normalize(v_normal);
    vec2 free = v_open;  // the shares of sky and sun that its own stone does not hide
    if (CARVED) {
        vec4 told = texture(u_carving, v_open);
        n = carved(n, told.rg);
        free = told.ab;
    }
    bool round_one = !FLOOR && !CARVED && v_extra.z > 1.0005 && v_extra.z < 1.5;
    if (FINEST && round_one) smoothed_outline(n, free);
    float seed = v_extra.x;
    bool floor_top = FLOOR && n.z > 0.8;
    bool deep = FLOOR && v_rest.z < (floor_top ? -0.10 : -0.03);  // in a crack, or the bed below all
    float inside = CARVED ? soiled(free.x) : max(v_extra.y, 0.0);  // metres from the edge
    float footprint = max(fwidth(v_extra.y), 1e-4);  // metres of that in a pixel

    // Every slab was cut from another place in the quarry.
    float turn = floor(seed * 8.0) * PI / 4.0 + seed;
    mat2 spin = mat2(cos(turn), sin(turn), -sin(turn), cos(turn));
    vec3 q = v_rest;
    q.xy = spin * q.xy;
    vec3 cut = vec3(spin * n.xy, n.z);  // the face as the quarry has it
    q = q / 5.3 + seed * vec3(7.31, 3.77, 1.93);
    vec4 m = triplanar(q, cut);
    vec4 close = u_fine > 0.0 ? triplanar(q * 6.7, cut) : m.yxwz;
    vec4 broad = texture(u_clouds, v_rest.xy / 37.0);

    vec3 base = mix(srgb(0xCDB9B4), srgb(0xEFE0D6), m.x) * (FLOOR ? 0.78 + 0.30 * seed : 0.64 + 0.52 * seed);
    if (FLOOR) {  // a vein's core is thin and dark, and bleeds into the stone about it
        base *= 1.0 + 0.20 * (close.x - 0.5) * step(0.001, u_fine);
        float core = smoothstep(0.22, 0.60, close.y) * step(0.001, u_fine);
        base = mix(base, srgb(0x6E6678), m.y * 0.80);
        base = mix(base, srgb(0x453C52), max(m.y * m.y * 0.45, core * (0.16 + 0.64 * smoothstep(0.06, 0.40, m.y))));
    } else {
        base = mix(base, srgb(0x5E5668), m.y * 0.9);
    }
    base = mix(base, srgb(0xA77B58), m.z * 0.6);
    float dust = smoothstep(0.26, 0.88, m.w * 0.5 + broad.y * 0.5);
    // Dirt gathers along the edges: broad on the floor, a line and some streaks on what stands.
    float along = FLOOR ? 0.10 + 0.16 * close.x : 0.012 + 0.05 * close.x * m.w;
    float dirt = 1.0 - smoothstep(0.0, along, inside);
    // What stands is stained by what ran down it.
    if (!FLOOR) {
        float run = texture(u_clouds, vec2((v_rest.x + v_rest.y) * 0.31 + seed, v_rest.z * 0.045)).y;
        dirt = max(dirt, smoothstep(0.42, 0.95, run * 0.75 + m.w * 0.25) * 0.5 * (1.0 - abs(n.z)));
    }
    if (!FLOOR) dirt = max(dirt, 1.2 * (1.0 - smoothstep(-0.35, 0.05, v_rest.z)));  // half in the earth
    dirt *= 0.75;
    float damp = floor_top ? smoothstep(0.60, 0.68, broad.x + 0.10 * (close.x - 0.5)) * (1.0 - dust) : 0.0;
    base = mix(base, srgb(0x9A8878), dust * 0.45);
    // Where rain stays longest the dirt is moss.
    vec3 soil = mix(srgb(0x3A3038), srgb(0x4A5230), smoothstep(0.50, 0.74, broad.z));
    base = mix(base, soil, dirt * 0.8);
    base *= 1.0 - 0.35 * damp;

    Surface s;
    s.albedo = base * 0.82;
    s.roughness = clamp(mix(0.30, 0.68, dust) + dirt * 0.3 + (close.w - 0.5) * 0.14 - damp * 0.14, 0.09, 0.95);
    float top = FLOOR ? 0.0 : smoothstep(0.6, 0.95, n.z);  // of what stands
    if (!FLOOR) s.roughness = max(s.roughness, mix(0.5, 0.4, top));
    // Close by, the grain of the marble: what is left of its polish, pits with dust in them, scratches.
    float near_by = 1.0 - smoothstep(3.0 * u_fine, 11.0 * u_fine + 0.1, length(eye() - v_point));
    vec3 wobble = vec3(close.x - 0.5, close.y - 0.5, 0.0) * 0.05 + vec3(m.w - 0.5, m.x - 0.5, 0.0) * 0.03;
    if (FLOOR) {
        vec2 side = abs(n.x) > abs(n.y) ? v_rest.yz : v_rest.xz;
        vec2 at = n.z > 0.72 ? spin * v_rest.xy + seed * 7.7 : side;
        vec4 hand = worn(at / WORN_TILE), finger = worn(at.yx * vec2(4.3, -4.3) / WORN_TILE);
        // What has broken is dull: sides and scars, which are seen so narrow that ridges would be a comb.
        float rough = 1.0 - smoothstep(0.75, 0.96, n.z);
        vec2 slope = near_by * (1.0 - 0.4 * rough) * (hand.xy + 0.55 * vec2(-finger.y, finger.x));
        wobble *= 0.6;
        wobble -= n.z > 0.72 ? vec3(slope * spin, 0.0) : abs(n.x) > abs(n.y) ? vec3(0.0, slope) : vec3(slope.x, 0.0, slope.y);
        float polish = hand.z * (0.6 + 0.4 * finger.z) - 0.45, tone = hand.w + 0.6 * finger.w - 0.8;
        s.albedo *= 1.0 + near_by * (1.15 * tone - 0.12 * polish);
        s.roughness = clamp(s.roughness - near_by * 0.42 * polish * (1.0 - 0.6 * dirt), 0.09, 0.95);
        s.roughness = mix(s.roughness, 0.78, rough);
    } else {
        vec3 grain = vec3(0.5);
        if (u_fine > 0.0 && near_by > 0.0) {
            vec4 g = triplanar(q * 17.3 + 0.11 * m.xyz, cut), fine = triplanar(q * 61.7 + 0.23 * close.xyz, cut);
            float pit = smoothstep(0.66, 0.90, g.w * 0.6 + fine.w * 0.4);
            float chip = smoothstep(0.72, 0.86, fine.x * 0.7 + g.y * 0.3);  // bright crystal, freshly broken
            s.albedo *= 1.0 + near_by * (0.26 * (g.x - 0.5) + 0.14 * (fine.w - 0.5) - 0.18 * pit + 0.16 * chip);
            s.roughness = clamp(s.roughness + near_by * (0.22 * (fine.x - 0.5) + 0.35 * pit), 0.09, 0.95);
            grain = mix(grain, vec3(g.w, fine.w, fine.x) * 0.5 + 0.25, near_by);
        }
        // Under a raking light broad waves would look like stains on what stands; its grain may not.
        wobble += vec3(close.x - 0.5, close.w - 0.5, close.y - 0.5) * (CARVED ? 0.045 : round_one ? 0.07 : 0.16);  // weathered to the bone
        wobble += (grain - 0.5) * mix(v_extra.z < 0.9 ? 0.75 : 0.13, 0.15, top);  // pecked by the hammer, or smooth
    }
    s.normal = normalize(n + wobble);
    vec2 out_of = floor_top ? towards_edge() : normalize(n.xy + 1e-4);
    if (floor_top && u_fine > 0.0) {
        // Lips rounded by feet and weather, here a hair, there two fingers wide.
        float lip = 0.008 + 0.016 * close.x + 0.036 * smoothstep(0.62, 0.92, broad.w);
        float over = 1.0 - min(inside / lip, 1.0);
        over *= over * over * min(lip / (footprint * 1.5), 1.0);
        s.normal = normalize(s.normal + vec3(out_of * 0.9 * over, 0.0));
        s.albedo = mix(s.albedo, s.albedo * 0.86 + 0.05, over * (1.0 - dirt));
        s.roughness = mix(s.roughness, 0.72, over);
    }
    float lips = FLOOR ? lips_leave(out_of, inside, floor_top) : 1.0;
    s.roughness = steadied(s.roughness, s.normal);
    s.ao = 1.0;
    s.glow = vec3(0.0);
    s.thin = 0.0;
    if (deep) {
        float down = exp(min(v_rest.z, 0.0) * 16.0);
        s.albedo = mix(srgb(0x120C18), s.albedo, down);
        s.ao = down;
    }
    if (FLOOR) {
        vec2 ground = texture(u_ground, court_uv(v_rest.xy)).rg;
        float come = ground.y * smoothstep(0.2, 1.4, S_flowers_front - length(v_rest.xy));
        s.ao *= ground.x * (1.0 - 0.66 * come);
        // Where flowers stand close, moss creeps out of the cracks on to the stone.
        float moss = smoothstep(0.10, 0.42, come + 0.5 * (close.x - 0.5) * min(4.0 * come, 1.0) + 0.25 * (m.w - 0.5) * min(4.0 * come, 1.0));
        s.albedo = mix(s.albedo, mix(srgb(0x2B3122), srgb(0x6F7A4C), close.w * m.x), 0.80 * moss);
        s.roughness = mix(s.roughness, 0.9, moss);
    }
    if (!FLOOR) s.ao *= mix(0.62, 0.9, top) * free.x;  // what stands has other things about it
    if (!FLOOR && v_extra.z < 1.5) s.ao *= 0.55 + 0.45 * smoothstep(0.0, 0.8, v_rest.z);
    vec3 from = eye();
    vec3 c = light(s, v_point, from, FLOOR ? lips : free.y);
    if (FLOOR && !QUIET && S_gather > 0.0) {  // while it is born it is the one light there is
        vec3 to = u_orb - v_point;
        float d2 = dot(to, to);
        // The hand that holds it lies below it and a little ahead, and shades what is there.
        vec2 ahead = normalize(u_orb.xy - from.xy + vec2(1e-5, 0.0));
        float shade = 1.0 - 0.80 * smoothstep(0.60, 0.95, dot(vec3(0.45 * ahead, -0.89), -to) * inversesqrt(d2));
        c += s.albedo * ORB_LIGHT * ORB_LIGHT * S_gather * S_orb_light * s.ao * max(dot(s.normal, to), 0.0) * shade * 11.0 / (d2 * d2 + 0.3);
    }
    if (!FLOOR) {  // the crystal of an edge before the sun glows through; the lit floor glows back
        vec3 way = normalize(v_point - from);
        float edge_on = 1.0 - max(-dot(n, way), 0.0), against = max(dot(way, SUN_DIR), 0.0);
        edge_on *= edge_on;
        against *= against;
        // Of what is round, its roundness decides, not its flutes: a rim without a break.
        float rim = round_one ? creeping(v_extra.z) : 0.10 * edge_on * edge_on * against * against;
        vec3 warm = SUN_LIGHT * rim;
        warm += srgb(0xD07050) * 0.07 * max(-n.z, 0.0);  // so high that the whole court throws it up
        float lit_floor = mix(1.0, smoothstep(0.0, 0.5, v_rest.z), max(-n.z, 0.0));  // not right below a stone
        warm += srgb(0xD07050) * 0.26 * exp(-max(v_rest.z, 0.0) / 2.4) * (0.6 - 0.4 * n.z) * lit_floor;
        c += base * warm * S_lit * (1.0 - 0.75 * S_sky_light) * free.x;
    }
    if (deep) c *= mix(0.12, 1.0, s.ao);  // down there no sun comes past the lips

    // The polish: sky and what stands on the floor, stronger at a low angle, broken by wear.
    vec3 v = normalize(from - v_point);
    vec3 r = reflect(-v, normalize(mix(n, s.normal, 0.6)));
    r.z = abs(r.z);
    vec3 seen;
    if (u_mirror_on > 0.5 && floor_top) {
        seen = mirrored(reflect(-v, normalize(mix(n, s.normal, 0.6))), s.roughness);
    } else {
        seen = sky_gradient(normalize(r + vec3(0.0, 0.0, 0.04)));
    }
    float clear = floor_top ? 1.0 : mix(0.35, 0.9, top);
    c += seen * sent_back(max(dot(s.normal, v), 0.0), s.roughness).x * clear * s.ao;

    // From afar a crack is a dark line, as dark as the share of it in the pixel.
    if (floor_top && v_extra.z > 0.1) {
        float wide = texture(u_cracks, court_uv(v_rest.xy)).y;
        float share = clamp(0.5 - v_extra.y / footprint, 0.0, 1.0) * min(wide / footprint, 1.0);
        c = mix(c, srgb(0x120C18), share * 0.94);
    }

    if (FLOOR && !QUIET && S_roots > 0.0) {
        vec4 crack = texture(u_cracks, court_uv(v_point.xy));
        float pixel = max(fwidth(v_point.x), fwidth(v_point.y));
        float down = deep ? exp(min(v_rest.z, 0.0) * 2.0) : 1.0;
        // A slab's corners know how far the lip is, for the field of the cracks is too coarse for a line;
        // but a slab that is all point knows nothing of its middle, and the field does.
        float away = max(floor_top ? max(v_extra.y + 0.5 * crack.y, crack.x - 0.05) : crack.x - 0.02, 0.0);
        Roots r = roots(v_rest, crack, away, pixel, deep, true);
        // Its light grazes the stone: what turns up takes less of it than a lip or a wall.
        c += (r.shine + r.thrown * (s.albedo + 0.10) * (1.15 - 0.75 * s.normal.z)) * down;
        // What lies between them and her light throws a shadow; what leans to her is the brighter.
        vec3 to_her = vec3(-v_point.xy, 0.55 - v_point.z);
        float leans = clamp(dot(s.normal, to_her) / (0.55 + 0.1 * length(to_her)), 0.0, 2.2);
        float sees = deep ? 0.3 : texture(u_ground, court_uv(v_rest.xy)).b;
        c += s.albedo * heart_light(v_point.xy) * (sees * sees * leans * (0.35 + 0.65 * s.ao));
    }
    c = air(c, from, v_point);
    color = vec4(c + dissolve_edge(v_rest), 1.0);
}
