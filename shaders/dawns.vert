#version 330
// A thousand worlds, each a disc that faces the eye; each lit when the flame has come to it.
#pragma include "lib/frame.glsl"
#pragma include "lib/dawn.glsl"
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;  // the world's middle, metres from where the visitor floats
in vec2 corner;
in vec3 body;        // radius (m), order of lighting, own number
in vec3 source;      // unit: from the world towards where its flame came from
out vec2 v_corner;   // in radii
out vec4 v_body;     // pixels a radius, spark, how far morning has come, own number
out vec3 v_sun;      // towards the world's own sun: right, up, towards the eye
out vec2 v_fade;     // how much the dark body shows; brightness by depth

const float ROOM = 2.4;       // radii that a disc's quad reaches out
const float SMALL = 3.0;      // pixels: smaller worlds are spread to this, with their light kept

void main() {
    vec3 centre = AFLOAT + p3d_Vertex.xyz;
    vec3 way = normalize(centre - eye());
    vec3 right = normalize(cross(way, vec3(0.0, 0.0, 1.0)));
    vec3 up = cross(right, way);
    float lit = lit_since(body.y);
    float morning = smoothstep(0.0, 1.0, lit);

    // Its sun rises from behind on the side that the flame came from, a little turned.
    float lean = (body.z - 0.5) * 2.2;
    vec2 side = normalize(vec2(dot(source, right), dot(source, up)) + 1e-6);
    side = mat2(cos(lean), sin(lean), -sin(lean), cos(lean)) * side;
    float risen = mix(0.06, 0.42 + 0.62 * pow(fract(body.z * 7.13), 1.6), morning);
    v_sun = vec3(side * sin(risen), -cos(risen));

    float scale = length(vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1]));
    float pixels = body.x / length(centre - eye()) * 0.5 * u_size.y * scale;
    v_body = vec4(pixels, spark(body.y), morning, body.z);
    // Far worlds are fainter, so that the thousand have depth.
    v_fade = vec2(smoothstep(0.0, 0.35, lit), mix(1.15, 0.5, smoothstep(200.0, 1500.0, length(p3d_Vertex.xyz))));
    v_corner = corner * ROOM * max(1.0, SMALL / pixels);
    vec3 point = centre + (right * v_corner.x + up * v_corner.y) * body.x;
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    if (S_dawn_count <= 0.0 || (lit <= 0.0 && v_body.y <= 0.0)) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
