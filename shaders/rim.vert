#version 330
// The rim of the parted mist: a sheet that runs outward in a ring, rises, folds over like a hem of
// cloth, and sinks.
#pragma include "lib/light.glsl"
#pragma include "lib/noise.glsl"
#pragma include "lib/bow.glsl"
in vec2 corner;  // 0..1 around, 0..1 from its foot over the crest to its hem
out vec2 v_corner;
out vec3 v_point;
out vec3 v_normal;
out float v_sun;

const vec2 FOOT = vec2(-0.75, -0.05), CREST = vec2(0.10, 1.0), LIP = vec2(0.75, 1.05), HEM = vec2(1.15, 0.12);

vec3 place(vec2 c) {
    float angle = 2.0 * PI * c.x, v = c.y, w = 1.0 - v;
    // Folds run up the sheet; they deepen towards the hem, as cloth's do.
    vec2 way = vec2(cos(angle), sin(angle));
    vec3 slow = curl(vec3(way * 3.0, S_breath * 0.10)), quick = curl(vec3(way * 9.0, 4.0 + S_breath * 0.16));
    float folds = 0.55 * slow.x + 0.45 * quick.y + 0.3 * sin(angle * 23.0 + 4.0 * slow.z + 1.5 * v);
    vec2 at = FOOT * w * w * w + CREST * 3.0 * w * w * v + LIP * 3.0 * w * v * v + HEM * v * v * v;
    float tall = rim_height() * max(0.80 + 0.75 * slow.y + 0.38 * quick.x + 0.2 * sin(angle * 41.0 + 5.0 * quick.y), 0.12);
    float radius = rim_radius() + at.x * (0.5 + 0.9 * tall) + folds * (0.15 + 0.40 * v) * tall;
    return vec3(u_orb.xy + max(radius, 0.02) * way, at.y * tall * (1.0 + 0.18 * folds * v));
}

void main() {
    v_corner = corner;
    v_point = place(corner);
    vec3 around = place(corner + vec2(0.002, 0.0)) - v_point, over = place(corner + vec2(0.0, 0.02)) - v_point;
    v_normal = normalize(cross(around, over) + vec3(0.0, 0.0, 1e-7));
    v_sun = sun_at(v_point + vec3(0.0, 0.0, 0.03));
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
    if (rim_there() <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
