#version 330
// Locks on the stone, whose tips stir; single hairs, turned to the eye and never finer than a pixel.
#pragma include "lib/light.glsl"
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in float along;
in float across;
in float seed;
in float broad;  // half a single hair's width, millimetres; 0 is a lock
in float deep;  // 0 on top .. 1 far under other hair
in vec3 tangent;
out vec3 v_rest;
out vec3 v_point;
out vec3 v_normal;
out vec3 v_tangent;
out vec3 v_strand;  // along, across, seed
out vec3 v_shade;   // of a single hair how much of the pixel it covers, of a lock -1; deep, sun

const float PIXELS = 0.75;  // half the least width that is drawn: what is finer is paler instead

void main() {
    vec3 p = p3d_Vertex.xyz;
    v_rest = p;
    float free = seed < 0.0 ? 0.0 : along * along * (1.0 - 0.8 * S_held);
    float gust = sin(S_breath * 0.9 + p.x * 3.0) * sin(S_breath * 0.37 + p.y * 2.0);
    vec3 side = normalize(cross(tangent, p3d_Normal) + 1e-5);
    vec3 stirred = 0.0030 * free * gust * sin(S_breath * 2.3 + seed * 40.0) * vec3(side.xy, 0.0);
    v_point = p + stirred;
    v_normal = p3d_Normal;
    v_tangent = tangent;
    v_strand = vec3(along, across, seed);
    v_shade = vec3(-1.0, deep, sun_at(p + 0.006 * p3d_Normal));
    if (broad > 0.0) {
        float thick = 0.001 * broad;
        vec3 line = v_point - across * thick * side;
        vec3 v = normalize(eye() - line);
        float scale = length(vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1]));
        float pixel = 2.0 * (p3d_ViewProjectionMatrix * vec4(line, 1.0)).w / (u_size.y * scale);
        float wide = max(thick, PIXELS * pixel);
        vec3 turned = cross(tangent, v);
        // Seen along itself a hair has no side of its own to show.
        float askew = length(turned);
        turned = normalize(mix(side * (dot(turned, side) < 0.0 ? -1.0 : 1.0), turned / max(askew, 1e-4), smoothstep(0.05, 0.3, askew)));
        v_point = line + across * wide * turned + 0.5 * wide * v;
        v_shade.x = thick / wide;
    }
    gl_Position = p3d_ViewProjectionMatrix * vec4(v_point, 1.0);
}
