#version 330
// Single hairs, brows and lashes: turned to the eye, never finer than a pixel, and lit at their
// points. Two bands of light lie on a hair, what its skin mirrors nearer the root, and what has gone
// through and is its own colour nearer the tip (Marschner et al. 2003).
#pragma include "lib/light.glsl"
#pragma include "lib/lids.glsl"
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;  // up from what the hair lies on
in float along;
in float across;
in float seed;
in float broad;   // half its width at the root, millimetres
in float kind;    // 0 hair, 1 of a brow, 2 a lash
in vec3 tangent;
in vec3 open;     // from shut lids to open ones, metres
in vec3 turned;   // the same of tangents
out vec3 v_rest;
out vec3 v_color;
out vec2 v_cover;  // how much of its pixel is covered; across

const float PIXELS = 0.80;  // half the least width that is drawn: what is finer is paler instead

// Light from `l` on a hair along `t`, seen from `v`: how narrow, and how far turned to the root.
float band(vec3 t, vec3 n, vec3 v, vec3 l, float turn, float sharp) {
    float th = dot(normalize(t + turn * n), normalize(v + l));
    return pow(max(1.0 - th * th, 0.0), 0.5 * sharp) * smoothstep(-0.35, 0.35, dot(n, l));
}

void main() {
    vec3 line = p3d_Vertex.xyz;
    v_rest = line;
    bool lash = kind > 1.5, brow = kind > 0.5 && !lash;
    float wide = opened();
    line += wide * open + shiver(line);
    float gust = sin(S_breath * 0.9 + line.x * 3.0) * sin(S_breath * 0.37 + line.y * 2.0);
    line.xy += kind > 0.5 ? 0.0 : 0.0016 * along * along * gust * sin(S_breath * 2.3 + seed * 40.0) * (1.0 - 0.8 * S_held);
    vec3 n = normalize(p3d_Normal), t = normalize(tangent + wide * turned);
    vec3 from = eye(), v = normalize(from - line);
    float taper = lash ? 1.0 - 0.78 * along : (0.55 + 0.45 * smoothstep(0.0, 0.15, along)) * (1.0 - 0.75 * smoothstep(0.45, 1.0, along));
    float thick = 0.001 * broad * taper;
    float scale = length(vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1]));
    float pixel = 2.0 * (p3d_ViewProjectionMatrix * vec4(line, 1.0)).w / (u_size.y * scale);
    float half_ = max(thick, PIXELS * pixel);
    // Seen along itself a hair has no side of its own to show.
    vec3 side = normalize(cross(t, n) + 1e-5), aside = cross(t, v);
    float askew = length(aside);
    aside = normalize(mix(side * (dot(aside, side) < 0.0 ? -1.0 : 1.0), aside / max(askew, 1e-4), smoothstep(0.05, 0.3, askew)));
    vec3 point = line + across * half_ * aside + 0.4 * half_ * v;
    float ends = lash ? 1.0 - 0.6 * smoothstep(0.5, 1.0, along) : brow ? 1.0 - smoothstep(0.35, 1.0, along) : 1.0 - smoothstep(0.62, 1.0, along);
    float begins = kind > 0.5 ? 1.0 : smoothstep(0.0, 0.05, along);
    v_cover = vec2(min(1.5 * thick / half_, 1.0) * ends * begins, across);

    float own = fract(seed * 7.13), lock = fract(seed * 29.7);
    vec3 albedo = mix(srgb(0x1B1110), srgb(0x5A3C33), clamp(0.55 * own + 0.45 * lock * lock, 0.0, 1.0));
    albedo *= mix(0.62, 1.0, smoothstep(0.0, 0.35, along));
    if (kind > 0.5) albedo = mix(srgb(0x2A1B1A), srgb(0x4E3830), own);
    float ao = mix(0.45, 1.0, smoothstep(0.0, 0.05, line.z)) * (kind > 0.5 ? 0.75 : mix(0.55, 1.0, own));
    vec3 u = normalize(t + (0.16 * (own - 0.5) + 0.12 * (lock - 0.5)) * n);
    vec3 above = normalize(vec3(0.30, -0.40, 0.87));
    vec3 tint = albedo / max(max(albedo.r, albedo.g), albedo.b);
    vec3 sky = vec3(0.50, 0.45, 0.60);
    vec3 shine = sky * (0.20 * band(u, n, v, above, -0.10, 90.0) + tint * 0.11 * band(u, n, v, above, 0.14, 18.0));
    float sunned = sun_at(line + 0.006 * n);
    vec3 sun = SUN_LIGHT * vec3(0.60, 0.52, 0.80) * 1.6 * S_lit * sunned * (1.0 - 0.75 * S_sky_light);
    shine += sun * (0.030 * band(u, n, v, SUN_DIR, -0.10, 120.0) + tint * 0.012 * band(u, n, v, SUN_DIR, 0.14, 20.0));
    // Against the sun it comes through, and a hair at an outline burns.
    shine += sun * tint * 0.10 * pow(max(dot(-v, SUN_DIR), 0.0), 3.0) * (1.0 - dot(t, SUN_DIR) * dot(t, SUN_DIR));
    float round_ = sqrt(max(1.0 - dot(t, SUN_DIR) * dot(t, SUN_DIR), 0.0));
    vec3 lit = sun * 0.24 * round_ * smoothstep(-0.2, 0.6, dot(n, SUN_DIR)) / PI + sky_light(normalize(n + 0.3 * v)) + afterglow(n, line.z);
    if (S_orb_light > 0.0) {
        vec3 to = u_orb - line;
        float d2 = dot(to, to), fall = S_orb_light * (1.15 / (d2 + 0.42) + 0.50 / (1.0 + d2 * 0.045));
        vec3 l = to * inversesqrt(d2 + 1e-6);
        lit += ORB_LIGHT * fall * max(dot(n, l) + 0.3, 0.0);
        shine += ORB_LIGHT * fall * 0.04 * band(u, n, v, l, 0.0, 30.0);
    }
    vec3 c = (albedo * lit + shine * (kind > 0.5 ? 0.25 : smoothstep(0.0, 0.2, along)) * (0.35 + 0.9 * own)) * ao;
    c += 0.3 * from_below(albedo, vec3(0.0), line) * ao;
    v_color = air(c, from, line);
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
}
