// Where marble is, and what is the same over a face of it.
#pragma once
#pragma include "../lib/light.glsl"
#pragma include "../lib/quiver.glsl"
#pragma include "../lib/carving.glsl"
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float seed;
in float edge;
in float kind;
in vec2 open;  // as in lib/marble_vertex.glsl
out vec3 v_rest;
out vec3 v_quarry;  // the place in the block that the piece was cut from
out vec3 v_normal;
out vec3 v_extra;   // seed, edge, kind
out vec3 v_sun;     // where the sun's map has the point
out vec3 v_sky;     // the sky's light on the face
out vec2 v_open;    // of a carving, where its texture has the point
out vec4 v_haze;    // the air's light on the way to the eye, and its share

void main() {
    vec3 p = p3d_Vertex.xyz;
    v_rest = p;
    v_normal = p3d_Normal;
    v_extra = vec3(seed, edge, kind);
    vec2 side = normalize(vec2(seed - 0.5, fract(seed * 7.31) - 0.5) + 1e-3);
    v_quarry = vec3(side.x * p.x - side.y * p.y, side.y * p.x + side.x * p.y, p.z) / 5.3 + seed * vec3(7.31, 3.77, 1.93);
    v_sun = (u_shadow_matrix * vec4(p + p3d_Normal * 0.03, 1.0)).xyz;
    v_sky = (sky_light(p3d_Normal) + afterglow(p3d_Normal, p.z)) * (FLOOR || CARVED ? 1.0 : open.x);
    v_open = open;
    vec3 way = p - eye();
    float range = length(way), rise = way.z * 0.055;
    float column = range * exp(-max(eye().z, 0.0) * 0.055) * (abs(rise) > 1e-3 ? (1.0 - exp(-rise)) / rise : 1.0);
    vec3 from = normalize(vec3(way.xy, max(way.z, 0.0) * 0.5 + 0.03 * range));
    v_haze = vec4(sky_gradient(from) * 0.95, 1.0 - exp(-column * HAZE));
    if (FLOOR) p.z += quiver(p, seed) + heaved(p, seed);
    gl_Position = p3d_ViewProjectionMatrix * vec4(p, 1.0);
}
