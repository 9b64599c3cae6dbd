// Relief finer than the triangles that carry it.
#pragma once

// The normal of a surface raised by `height` metres at `point`, by how both change from pixel to
// pixel (Mikkelsen 2010).
vec3 bumped(vec3 n, vec3 point, float height) {
    vec3 right = dFdx(point), up = dFdy(point);
    vec3 a = cross(up, n), b = cross(n, right);
    float area = dot(right, a);
    vec3 bent = abs(area) * n - sign(area) * (dFdx(height) * a + dFdy(height) * b);
    return dot(bent, bent) > 0.0 ? normalize(bent) : n;  // a facet seen along its edge has no slope
}
