#version 330
// The shade on the stone of a tendril of mist: a band beneath its way.
#pragma include "lib/tendril.glsl"
in vec4 p3d_Vertex;   // which square, from the visitor's
in vec2 corner;       // 0..1 along, -1..1 across
out vec2 v_corner;
out float v_head;

// Where a place on it throws its shade: most of the light comes from above, some from the west.
vec3 shaded(vec3 p) { return vec3(p.xy - SUN_DIR.xy * clamp(p.z, 0.0, 0.4) * 0.5, 0.004); }

void main() {
    const float STEP = 0.012;
    Tendril it = tendril(p3d_Vertex.xy);
    vec3 point = place(it, corner.x), under = shaded(point), way = shaded(place(it, corner.x + STEP)) - under;
    vec2 side = normalize(vec2(-way.y, way.x) + 1e-6);
    point = under + vec3(side * corner.y * (0.6 * girth(it) + 0.04 + 0.35 * max(point.z, 0.0)), 0.0);
    v_corner = corner;
    v_head = it.head;
    gl_Position = p3d_ViewProjectionMatrix * vec4(point, 1.0);
    // Some slabs lie higher than the floor, and must not hide it.
    vec4 nearer = p3d_ViewProjectionMatrix * vec4(point - normalize(point - eye()) * 0.12, 1.0);
    gl_Position.z = nearer.z / nearer.w * gl_Position.w;
    if (it.head <= 0.002) gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
}
