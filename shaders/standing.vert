#version 330
// Somebody who stands far from the middle, at rest: what casts a shadow that is drawn once.
#pragma include "lib/frame.glsl"
uniform sampler2D u_people;
uniform sampler2D u_chosen;
uniform float u_first;
in vec4 p3d_Vertex;

void main() {
    int entry = gl_InstanceID + int(u_first + 0.5);
    int who = int(texelFetch(u_chosen, ivec2(entry & 1023, entry >> 10), 0).r + 0.5);
    vec4 stand = texelFetch(u_people, ivec2(0, who), 0), self = texelFetch(u_people, ivec2(1, who), 0);
    vec2 way = vec2(cos(stand.w - 0.5 * PI), sin(stand.w - 0.5 * PI));
    vec3 p = p3d_Vertex.xyz * self.x;
    // So low a sun would shine in under every hem: the shadow begins where the cloth does.
    p.z -= 0.14 * (1.0 - smoothstep(0.04, 0.40, p.z));
    p.x *= self.y;
    p.xy = mat2(way.x, way.y, -way.y, way.x) * p.xy;
    gl_Position = p3d_ViewProjectionMatrix * vec4(p + stand.xyz, 1.0);
}
