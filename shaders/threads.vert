#version 330
// The way of the flame from world to world: thin arcs.
#pragma include "lib/frame.glsl"
#pragma include "lib/dawn.glsl"
uniform mat4 p3d_ProjectionMatrix;
in vec4 p3d_Vertex;  // metres from where the visitor floats
in vec3 along;       // the way that the thread runs
in vec2 corner;      // 0..1 along, -1..1 across
in vec3 thread;      // order of the world that it lights, own number, length in radians
out vec2 v_corner;
out vec4 v_thread;   // how far the flame has come, afterglow, own number, half its width in pixels
const float WIDTH = 0.0060;   // radians, to each side

void main() {
    vec3 point = AFLOAT + p3d_Vertex.xyz;
    vec3 way = point - eye();
    float range = length(way);
    vec3 side = normalize(cross(way, along));
    gl_Position = p3d_ViewProjectionMatrix * vec4(point + side * corner.y * WIDTH * range, 1.0);
    v_corner = corner;
    // The flame sets out from the elder world and arrives when the younger is counted.
    float takes = min(0.8 * breaking(thread.x) + 1.0, thread.x + 0.6);
    float head = (S_dawn_count - thread.x) / takes + 1.0;
    float after = exp(-max(head - 1.0, 0.0) * 0.8);
    float scale = length(vec3(p3d_ProjectionMatrix[0][1], p3d_ProjectionMatrix[1][1], p3d_ProjectionMatrix[2][1]));
    v_thread = vec4(head, after, thread.y, WIDTH * 0.5 * u_size.y * scale);
    if (head <= 0.0 || S_dawn_count <= 0.0) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
