// A face that was carved in low relief, whose folds are finer than its mesh. CARVED says whether a
// shader's stone is such a face; a texture then says where each place of it faces.
#pragma once
#ifndef CARVED
#define CARVED false
#endif
uniform sampler2D u_carving;  // where it faces, across and up; shares of the sun and sky that it sees

// The normal: `plane` is that of the ground it was carved from, which stands upright.
vec3 carved(vec3 plane, vec2 told) {
    vec2 t = told * 2.0 - 1.0;
    vec3 across = normalize(cross(vec3(0.0, 0.0, 1.0), plane));
    return normalize(across * t.x + cross(plane, across) * t.y + plane * sqrt(max(1.0 - dot(t, t), 0.02)));
}

// Dirt gathers in what is hollow, as it does along edges: metres that would be as dirty from one.
float soiled(float sky) { return max(0.10 * sky - 0.02, 0.0); }
